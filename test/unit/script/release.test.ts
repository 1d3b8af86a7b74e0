import { execFile, execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { notesOf, releaseChangelog } from "../../../cli/package/release/changelog.js"
import { Release } from "../../../cli/package/release/steps.js"
import { imageNames, otherVersions, writeVersion } from "../../../cli/package/release/versions.js"
import { filesWithAddress, withAddress } from "../../readme/addresses.js"

const run = promisify(execFile)

describe("the changelog of a release", () => {
  const text = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 1.0.0, 2026-01-02\n\n- Old.\n"

  it("has what was unreleased, below a new and empty heading", () => {
    const released = releaseChangelog(text, "1.1.0", "2026-03-04")
    expect(released).toBe(text.replace("\n- New", "\n## 1.1.0, 2026-03-04\n\n- New"))
    expect(notesOf(released, "1.1.0")).toBe("- New.")
    expect(notesOf(released, "1.0.0")).toBe("- Old.")
    expect(notesOf(released, "Unreleased")).toBe("")
    expect(notesOf(released, "1.1")).toBe("")
  })

  it("is not written if nothing is new", () => {
    const released = releaseChangelog(text, "1.1.0", "2026-03-04")
    expect(() => releaseChangelog(released, "1.2.0", "2026-03-05")).toThrow(
      "CHANGELOG.md: nothing is under Unreleased\nWrite what has changed",
    )
    expect(() => releaseChangelog("# Changelog\n", "1.2.0", "2026-03-05")).toThrow("no heading")
  })
})

describe("in a checkout of its own,", () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "go-image-release-"))
    mkdirSync(join(root, "src"))
    for (const file of ["package.json", "package-lock.json", "src/version.ts", "CHANGELOG.md"]) {
      writeFileSync(join(root, file), readFileSync(file))
    }
    git("init", "-q")
    commit()
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: root,
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
      encoding: "utf8",
    })
  const commit = () => {
    git("add", ".")
    git("commit", "-qm", "work")
  }

  it("the version goes to each file that has it, and to no dependency", () => {
    const lines = () => readFileSync(join(root, "package-lock.json"), "utf8").split("\n")
    const before = lines()
    writeVersion(root, "9.8.7")
    expect(otherVersions(root, "9.8.7")).toEqual([])
    expect(git("diff", "--name-only").trim().split("\n")).toEqual([
      "package-lock.json",
      "package.json",
      "src/version.ts",
    ])
    expect(lines().filter((line, index) => line !== before[index])).toEqual([
      '  "version": "9.8.7",',
      '      "version": "9.8.7",',
    ])
    writeFileSync(join(root, "src/version.ts"), 'export const version = "9.8.6"\n')
    expect(otherVersions(root, "9.8.7")).toEqual(["src/version.ts"])
  })

  it("a version that was released, or is older, is refused", () => {
    git("tag", "v1.2.0")
    expect(() => new Release(root, "1.2.0").checkNew()).toThrow("the tag v1.2.0 exists already")
    expect(() => new Release(root, "1.1.9").checkNew()).toThrow("1.1.9 is older than the release 1.2.0")
    expect(() => new Release(root, "1.2.0-rc.1").checkNew()).toThrow("is older than")
    expect(() => new Release(root, "1.2.1").checkNew()).not.toThrow()
  })

  it("work that is not committed is refused, and named", () => {
    const release = new Release(root, "9.8.7")
    expect(() => release.checkClean()).not.toThrow()
    writeFileSync(join(root, "new.txt"), "")
    expect(() => release.checkClean()).toThrow(/not committed:\n\?\? new\.txt\nCommit or remove/)
  })

  it("a tag is published only if this commit, all versions and the changelog are of it", () => {
    const release = new Release(root, "9.8.7")
    expect(() => release.checkTagged()).toThrow(
      "another version than 9.8.7 is in package.json, package-lock.json, src/version.ts",
    )
    writeVersion(root, "9.8.7")
    expect(() => release.checkTagged()).toThrow("CHANGELOG.md: no section of 9.8.7")
    const file = join(root, "CHANGELOG.md")
    writeFileSync(file, releaseChangelog(readFileSync(file, "utf8"), "9.8.7", "2026-03-04"))
    commit()
    expect(() => release.checkTagged()).toThrow("the tag v9.8.7 is not on this commit")
    git("tag", "v9.8.7")
    expect(() => release.checkTagged()).not.toThrow()
  })
})

it.each(["v1.2.3", "1.2", "latest", "1.2.3+build", "$(id)"])("%s is not a version", (version) => {
  expect(() => new Release(".", version)).toThrow("not a version: ")
})

it("only a release moves the names that people pull, and a pre-release is npm's next", () => {
  const tags = (version: string) => imageNames(version).map((name) => name.split(":")[1])
  expect(tags("1.2.3")).toEqual(["1.2.3", "1.2", "1", "latest"])
  expect(tags("1.2.3-rc.1")).toEqual(["1.2.3-rc.1"])
  const npm = (version: string) => new Release(".", version).publishing("dist/a.tgz")[0]
  expect(npm("1.2.3")).toEqual(["npm", "publish", "dist/a.tgz"])
  expect(npm("1.2.3-rc.1")).toEqual(["npm", "publish", "dist/a.tgz", "--tag", "next"])
})

it("owner and version are in one place, and written to all others", () => {
  const next = { homepage: "https://github.com/acme/go-image", version: "9.8.7" }
  const texts = filesWithAddress().map((file) => withAddress(readFileSync(file, "utf8"), next))
  const all = texts.join("\n")
  expect(all).not.toMatch(/OWNER\/go-image|go-image@v(?!9\.8\.7)/)
  expect(all).toContain("uses: acme/go-image@v9.8.7")
  expect(all).toContain("# syntax=ghcr.io/acme/go-image")
  expect(all).toContain("github.com/acme/go-image@v9.8.7")
})

it("a dry run shows all that a release does, and leaves the checkout as it was", async () => {
  const state = async () =>
    Promise.all(
      [["status", "--porcelain"], ["rev-parse", "HEAD"], ["tag"]].map((args) => run("git", args)),
    )
  const before = await state()
  const { stdout } = await run("bash", ["script/release", "9.8.7", "--dry-run"])
  expect(await state()).toEqual(before)
  for (const file of ["CHANGELOG.md", "README.md", "package-lock.json", "src/version.ts"]) {
    expect(stdout).toMatch(new RegExp(`^ ${file} +\\| +\\d+`, "m"))
  }
  expect(stdout).toContain("message of the tag v9.8.7:\n  v9.8.7\n\n")
  expect(stdout).toMatch(/^ {2}[0-9a-f]{64} {2}go-image-9\.8\.7\.tgz$/m)
  expect(stdout).toMatch(/^ {2}npm publish dist\/go-image-9\.8\.7\.tgz$/m)
  expect(stdout).toMatch(/^ {2}bash script\/gateway --tag ghcr\.io\/\S+\/go-image:9\.8\.7 .*--push/m)
  expect(stdout).toContain("This was a dry run: nothing was changed or sent.")
})

it("a mistake is one message, and exit status 2", async () => {
  await expect(run("bash", ["script/release", "1.2"])).rejects.toMatchObject({
    code: 2,
    stderr: 'not a version: "1.2"\nWrite it like 1.2.3 or 1.2.3-rc.1, without a v.\n',
  })
  await expect(run("bash", ["script/owner", "a/b"])).rejects.toMatchObject({ code: 2 })
})
