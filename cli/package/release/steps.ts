import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gt, prerelease, valid } from "semver"
import { UserError } from "../../../src/errors.js"
import { changelogFile, notesOf, releaseChangelog } from "./changelog.js"
import { imageNames, otherVersions, writeVersion } from "./versions.js"

/** One release of the checkout in `root`. */
export class Release {
  constructor(
    readonly root: string,
    readonly version: string,
  ) {
    if (valid(version) !== version) {
      throw new UserError(`not a version: ${JSON.stringify(version)}`, {
        hint: "Write it like 1.2.3 or 1.2.3-rc.1, without a v.",
      })
    }
  }

  get tag(): string {
    return `v${this.version}`
  }

  /** Before anything is written. */
  checkNew(): void {
    const tags = this.git("tag", "--list", "v*").split("\n").filter(Boolean)
    if (tags.includes(this.tag)) throw new UserError(`the tag ${this.tag} exists already`)
    const newer = tags.map((tag) => tag.slice(1)).find((tag) => valid(tag) && gt(tag, this.version))
    if (newer !== undefined) {
      throw new UserError(`${this.version} is older than the release ${newer}`, {
        hint: "Choose a higher version.",
      })
    }
  }

  checkClean(): void {
    const changed = this.git("status", "--porcelain")
    if (changed === "") return
    throw new UserError(`the checkout has changes that are not committed:\n${changed}`, {
      hint: "Commit or remove them, then release.",
    })
  }

  /** The version in all files that hold it, the changelog's section, the generated files. */
  write(day: string): void {
    writeVersion(this.root, this.version)
    const path = join(this.root, changelogFile)
    writeFileSync(path, releaseChangelog(readFileSync(path, "utf8"), this.version, day))
    // Not newer than what is installed: nothing but the project's own version differs.
    this.run("touch", ["node_modules/.package-lock.json"])
    this.run("bash", ["script/readme"])
  }

  /** A commit, and a tag with the changelog's section as its message. */
  commit(): void {
    this.git("commit", "--quiet", "--all", "--message", `Release ${this.tag}`)
    this.git(
      "tag",
      "--annotate",
      this.tag,
      "--message",
      `${this.tag}\n\n${this.notes()}`,
      "--cleanup=whitespace",
    )
  }

  notes(): string {
    return notesOf(readFileSync(join(this.root, changelogFile), "utf8"), this.version)
  }

  /** Whether the checkout is what the tag says. */
  checkTagged(): void {
    const wrong = otherVersions(this.root, this.version)
    if (wrong.length > 0) {
      throw new UserError(`another version than ${this.version} is in ${wrong.join(", ")}`)
    }
    if (this.notes() === "") {
      throw new UserError(`no section of ${this.version}`, { place: { file: changelogFile } })
    }
    if (this.git("tag", "--points-at", "HEAD").split("\n").includes(this.tag)) return
    throw new UserError(`the tag ${this.tag} is not on this commit`)
  }

  /** The npm package and its checksums, in a folder. */
  package(folder: string): string {
    const { PATH = "", HOME = "" } = process.env
    const file = this.run("bash", ["script/package", folder], { ...process.env, PATH, HOME }).trim()
    return file.split("\n").at(-1) ?? ""
  }

  /** What a release sends to others, as commands. */
  publishing(file: string): string[][] {
    const channel = prerelease(this.version) ? ["--tag", "next"] : []
    const tags = imageNames(this.version).flatMap((name) => ["--tag", name])
    const platforms = ["--platform", "linux/amd64,linux/arm64"]
    return [
      ["npm", "publish", file, ...channel],
      ["bash", "script/gateway", ...tags, "--push", ...platforms],
      [
        "gh",
        "release",
        "create",
        this.tag,
        "--verify-tag",
        "--notes",
        this.notes(),
        file,
        join(file, "../SHA256SUMS"),
      ],
    ]
  }

  git(...args: string[]): string {
    return this.run("git", args).trimEnd()
  }

  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
    return execFileSync(command, args, {
      ...{ cwd: this.root, env, encoding: "utf8" },
      stdio: ["ignore", "pipe", "inherit"],
    })
  }
}
