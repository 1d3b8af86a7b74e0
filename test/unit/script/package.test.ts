import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { beforeAll, describe, expect, it } from "vitest"
import { homepage, version } from "../../../src/version.js"
import { installPackage } from "../../package/install.js"

const run = promisify(execFile)

let folder: string
let command: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
  command = await installPackage(folder)
  return () => {
    rmSync(folder, { recursive: true })
  }
})

const installed = () => join(dirname(command), "../go-image")

describe("the npm package, installed from its tarball in an empty project", () => {
  it("needs no other package", () => {
    expect(readdirSync(join(installed(), ".."), { withFileTypes: true }).map(({ name }) => name).sort()).toEqual(
      [".bin", ".package-lock.json", "go-image"],
    )
  })

  it("can be published: who it is of, what it is made of, and how npm is told", () => {
    const manifest = JSON.parse(readFileSync(join(installed(), "package.json"), "utf8")) as object
    expect(manifest).toMatchObject({
      name: "go-image",
      version,
      license: "Apache-2.0",
      engines: { node: ">=20" },
      bin: { "go-image": "bin/go-image.cjs" },
      repository: { type: "git", url: `git+${homepage}.git` },
      publishConfig: { access: "public", provenance: true },
    })
    expect(manifest).not.toHaveProperty("private")
    expect(manifest).not.toHaveProperty("dependencies")
  })

  it("has what it runs, the pin of BuildKit and the licenses, and nothing of the repository besides", () => {
    const files = (readdirSync(installed(), { recursive: true, withFileTypes: true }))
      .filter((file) => file.isFile() && !file.name.endsWith(".cache"))
      .map((file) => join(file.parentPath, file.name).slice(installed().length + 1))
    expect(files.sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "THIRD-PARTY-LICENSES.txt",
      "bin/go-image.cjs",
      "cli/engine/embedded/buildkit/go.mod",
      "cli/engine/embedded/buildkit/go.sum",
      ...programs().map((name) => `lib/${name}.cjs`),
      "package.json",
    ])
    const licenses = readFileSync(join(installed(), "THIRD-PARTY-LICENSES.txt"), "utf8")
    expect(licenses).toMatch(/^commander \d+\.\d+\.\d+ \(MIT\)\n\n.*Copyright/ms)
    expect(licenses).toMatch(/^semver /m)
    expect(licenses).not.toContain("see below")
  })

  it("the checksum beside it is its own", () => {
    const [sum, file] = readFileSync(join(folder, "dist/SHA256SUMS"), "utf8").trim().split("  ")
    const content = readFileSync(join(folder, "dist", file ?? ""))
    expect(createHash("sha256").update(content).digest("hex")).toBe(sum)
  })

  it("says its version", async () => {
    const { stdout } = await run(command, ["--version"])
    expect(stdout).toBe(`${version}\n`)
  })

  it("plans what a clone plans", async () => {
    const args = [join(process.cwd(), "examples/shortlinks"), "--plan"]
    const { stdout } = await run(command, args, { cwd: folder })
    const clone = await run("bash", ["script/build", ...args])
    expect(stdout).toBe(clone.stdout)
    expect(JSON.parse(stdout)).toHaveProperty("stages")
  })

  it.each(commandNames())("has the command %s, under the name that npm gave it", async (name) => {
    const { stdout } = await run(command, [name, "--help"])
    expect(stdout).toMatch(new RegExp(`^Usage: go-image ${name}\\b`))
    expect(stdout).not.toContain("script/build")
  })

  it("names itself in its help, and not the script of a clone", async () => {
    const { stdout } = await run(command, ["--help"])
    expect(stdout).toMatch(/^Usage: go-image \[options\] <source>/)
    expect(stdout).toContain("  go-image . --run ")
    expect(stdout).not.toContain("script/build")
  })

  it("a mistake ends with 2 and one line about it", async () => {
    await expect(run(command, ["nowhere"], { cwd: folder })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^the source folder does not exist: nowhere\n/) as string,
    })
    await expect(run(command, [".", "--port", "1", "--prot", "2"])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("(go-image --help shows all options)") as string,
    })
  })

  it("says that a Node.js is too old, and which one is needed", async () => {
    const old = join(folder, "old.cjs")
    const versions = `{ value: { ...process.versions, node: "18.20.1" } }`
    writeFileSync(old, `Object.defineProperty(process, "versions", ${versions})`)
    await expect(run(process.execPath, ["--require", old, command, "."])).rejects.toMatchObject({
      code: 4,
      stderr: "Node.js 18.20.1 is too old: version 20 or newer is needed (https://nodejs.org).\n",
    })
  })
})

function commands(): Record<string, string> {
  return JSON.parse(readFileSync("cli/commands.json", "utf8")) as Record<string, string>
}

function commandNames(): string[] {
  return Object.keys(commands())
}

function programs(): string[] {
  return [...new Set(["after-build", "attest", "cli", ...Object.values(commands())])].sort()
}
