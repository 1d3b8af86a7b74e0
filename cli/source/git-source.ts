import { posix } from "node:path"
import {
  byPlace,
  packageMainLine,
  readLimit,
  type Above,
  type Line,
  type Source,
  type Survey,
} from "../../src/detect/source.js"
import { folderOf } from "../../src/detect/modules/modules.js"
import { upwards } from "../../src/detect/frontend/node-version.js"
import { bytesOfKind, kindOf, type ContentKind } from "../../src/detect/assets/content-kind.js"
import { notInstalled, runGit } from "../git/run-git.js"
import { UserError } from "../../src/errors.js"
import type { LocalSource } from "./local-source.js"

/** A folder as it was in a commit, and what is different in it now. */
export interface Past {
  before: Source
  /** Paths relative to the folder of all that differs; of a submodule, its folder. */
  changed: string[]
}

/**
 * Only what differs is read from Git, without a checkout. All else is as it is in the folder, so that it need not be read twice;
 * what Git ignores counts as not changed.
 */
export async function sourceAt(after: LocalSource, commit: string): Promise<Past> {
  const changes = await changesSince(after.folder, commit)
  return { before: new GitSource(after, commit, changes), changed: [...changes.keys()].sort() }
}

/** What a path was in the commit. */
type Kind = "file" | "link" | "nothing"

class GitSource implements Source {
  private surveyed?: Promise<Survey>
  private kinds?: Promise<(path: string) => ContentKind | undefined>
  private whatIsAbove?: Promise<Above | undefined>
  /** Of all files that were asked for so far. */
  private readonly known = new Map<string, string>()

  constructor(
    private readonly after: LocalSource,
    private readonly commit: string,
    private readonly changes: ReadonlyMap<string, Kind>,
  ) {}

  survey(): Promise<Survey> {
    return (this.surveyed ??= this.list())
  }

  private async list(): Promise<Survey> {
    const now = await this.after.survey()
    const same = (paths: readonly string[] = []) => paths.filter((path) => !this.changes.has(path))
    const were = (wanted: Kind) =>
      [...this.changes].flatMap(([path, kind]) => (kind === wanted ? [path] : []))
    const files = [...same(now.files), ...were("file"), ...were("link")].sort()
    const isMain = new RegExp(packageMainLine, "m")
    const goFiles = were("file").filter((file) => file.endsWith(".go") && !/_test\.go$/.test(file))
    const contents = await this.contents(goFiles)
    const mains = goFiles.filter((file) => isMain.test(contents.get(file) ?? ""))
    const folders = new Set(files.flatMap((file) => upwards(folderOf(file))))
    return {
      files,
      mainCandidates: [...same(now.mainCandidates), ...mains].sort(),
      emptyFolders: now.emptyFolders?.filter((folder) => !folders.has(folder)),
      links: [...same(now.links), ...were("link")],
      brokenLinks: same(now.brokenLinks),
    }
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    const [same, changed] = this.split(paths)
    return new Map([...(await this.after.read(same)), ...(await this.contents(changed))])
  }

  async goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    const [same, changed] = this.split(paths)
    return new Map([...(await this.after.goHeaders(same)), ...(await this.contents(changed))])
  }

  async search(pattern: string, only?: readonly string[]): Promise<Line[]> {
    const [same, changed] = this.split(only ?? (await this.survey()).files)
    const expression = new RegExp(pattern, "u")
    const contents = await this.contents(changed.filter((file) => file.endsWith(".go")))
    const lines = [...contents].flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((each, index) =>
          expression.test(each) ? [{ path, line: index + 1, text: each }] : [],
        ),
    )
    return [...(await this.after.search(pattern, same)), ...lines].sort(byPlace)
  }

  contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    return (this.kinds ??= this.findKinds())
  }

  private async findKinds(): Promise<(path: string) => ContentKind | undefined> {
    const kindNow = await this.after.contentKinds()
    const changed = [...this.changes.keys()].filter((path) => bytesOfKind(path) > 0)
    const contents = await this.contents(changed)
    return (path) => {
      if (!this.changes.has(path)) return kindNow(path)
      const text = contents.get(path)
      return text === undefined
        ? undefined
        : kindOf(path, Buffer.from(text).subarray(0, bytesOfKind(path)))
    }
  }

  above(): Promise<Above | undefined> {
    return (this.whatIsAbove ??= this.lookAbove())
  }

  private async lookAbove(): Promise<Above | undefined> {
    const prefix = await git(this.after.folder, ["rev-parse", "--show-prefix"])
    const folder = prefix.replace(/\/?\n$/, "")
    if (folder === "") return undefined
    const ups = folder.split("/").map((_, index) => "../".repeat(index + 1))
    const found = await this.learn(ups.map((up) => `${up}.gitignore`))
    const gitignores = [...found].map(([path, text]) => [posix.join(folder, path), text] as const)
    return { folder, gitignores: new Map(gitignores) }
  }

  private split(paths: readonly string[]): [same: string[], changed: string[]] {
    const [same, changed]: [string[], string[]] = [[], []]
    for (const path of paths) (this.changes.has(path) ? changed : same).push(path)
    return [same, changed]
  }

  /** Of files; what a link leads to is another one's. */
  private contents(changed: readonly string[]): Promise<Map<string, string>> {
    return this.learn(changed.filter((path) => this.changes.get(path) === "file"))
  }

  /** https://git-scm.com/docs/git-cat-file#_batch_output */
  private async learn(paths: readonly string[]): Promise<Map<string, string>> {
    const asked = paths.filter((path) => !this.known.has(path) && !path.includes("\n"))
    if (asked.length > 0) {
      const input = asked.map((path) => `${this.commit}:./${path}\n`).join("")
      const output = await gitBytes(this.after.folder, ["cat-file", "--batch"], input)
      let position = 0
      for (const path of asked) {
        const end = output.indexOf("\n", position)
        const [, kind, size] = output.toString("utf8", position, end).split(" ")
        position = end + 1
        if (kind !== "blob") continue
        const length = Number(size)
        const read = Math.min(length, readLimit(path).bytes)
        this.known.set(path, output.toString("utf8", position, position + read))
        position += length + 1
      }
    }
    return new Map(
      paths.flatMap((path): [string, string][] => {
        const text = this.known.get(path)
        return text === undefined ? [] : [[path, text]]
      }),
    )
  }
}

/**
 * The commit that a branch, a tag or another revision names: only its hash is given to further commands, which may take a name
 * for an option or a path.
 */
export async function resolveCommit(folder: string, revision: string): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]
  const { status, output, reason } = await run(folder, args)
  if (status === 0) return output.toString("utf8").trim()
  throw failed(reason || `no commit ${JSON.stringify(revision)}`)
}

/** All below the folder that differs from what it is in the commit, and what it was there. */
async function changesSince(folder: string, commit: string): Promise<Map<string, Kind>> {
  const flags = ["--raw", "-z", "--no-renames", "--relative", "--ignore-submodules=dirty"]
  const [differing, untracked] = await Promise.all([
    git(folder, ["diff", ...flags, commit, "--", "."]),
    git(folder, ["ls-files", "--others", "--exclude-standard", "-z"]),
  ])
  // `:100644 100644 HASH HASH M`, then the path: https://git-scm.com/docs/git-diff#_raw_output_format
  const parts = differing.split("\0")
  const changes = new Map<string, Kind>()
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [mode = ""] = (parts[i] ?? "").slice(1).split(" ")
    const kind = mode === "120000" ? "link" : mode.startsWith("100") ? "file" : "nothing"
    changes.set(parts[i + 1] ?? "", kind)
  }
  for (const path of untracked.split("\0").filter(Boolean)) {
    if (!changes.has(path)) changes.set(path, "nothing")
  }
  return changes
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  return (await gitBytes(folder, args)).toString("utf8")
}

async function gitBytes(folder: string, args: readonly string[], input = ""): Promise<Buffer> {
  const { status, output, reason } = await run(folder, args, input)
  if (status === 0) return output
  throw failed(`git ${args[0]}: ${reason}`)
}

async function run(folder: string, args: readonly string[], input = "") {
  const { status, output, failed: said = "" } = await runGit(folder, args, input)
  if (said === notInstalled) throw new UserError("Git is needed for that, but it is not installed")
  const [reason = ""] = said.split("\n")
  return { status, output, reason: reason.replace(/^fatal: /, "") }
}

function failed(reason: string): UserError {
  return new UserError(`${reason} (--affected-since)`, {
    hint: "Give a commit, branch or tag that exists here. A shallow clone has only the last commit: `git fetch --unshallow`.",
  })
}
