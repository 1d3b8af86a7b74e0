import { posix } from "node:path"
import {
  packageMainLine,
  readLimit,
  type Above,
  type Line,
  type Source,
  type Survey,
} from "../src/detect/source.js"
import { bytesOfKind, kindOf, type ContentKind } from "../src/detect/content-kind.js"
import { secretMarks } from "../src/detect/secrets.js"
import { notInstalled, runGit } from "./git/run-git.js"
import { UserError } from "../src/errors.js"

/** A folder as it is in a commit: read from Git, without a checkout. */
export class GitSource implements Source {
  private surveyed?: Promise<Survey>
  /** Of all files that were asked for so far. */
  private readonly known = new Map<string, string>()

  constructor(
    private readonly folder: string,
    private readonly commit: string,
  ) {}

  survey(): Promise<Survey> {
    return (this.surveyed ??= this.list())
  }

  private async list(): Promise<Survey> {
    const files = (await git(this.folder, ["ls-tree", "-r", "-z", this.commit, "."]))
      .split("\0")
      // Mode, kind and name, then the path behind a tab.
      .flatMap((line) => (/^\d+ blob /.test(line) ? [line.slice(line.indexOf("\t") + 1)] : []))
      .sort()
    const isMain = new RegExp(packageMainLine, "m")
    const goFiles = files.filter((file) => file.endsWith(".go") && !file.endsWith("_test.go"))
    const contents = await this.contents(goFiles)
    return {
      files,
      mainCandidates: goFiles.filter((file) => isMain.test(contents.get(file) ?? "")),
    }
  }

  read(paths: readonly string[]): Promise<Map<string, string>> {
    return this.contents(paths)
  }

  goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    return this.read(paths)
  }

  async search(pattern: string, only?: readonly string[]): Promise<Line[]> {
    const expression = new RegExp(pattern, "u")
    const files = only ?? (await this.survey()).files
    const contents = await this.contents(files.filter((file) => file.endsWith(".go")))
    return [...contents].flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((each, index) =>
          expression.test(each) ? [{ path, line: index + 1, text: each }] : [],
        ),
    )
  }

  async contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    const marks = secretMarks.flatMap((mark) => ["-e", mark])
    const args = ["grep", "-z", "-l", "-I", "-F", ...marks, this.commit, "--", "."]
    const { status, output, reason } = await run(this.folder, args)
    // 1 is said of nothing that was found.
    if (status !== 0 && status !== 1) throw failed(`git grep: ${reason}`)
    const candidates = output
      .toString("utf8")
      .split("\0")
      .map((line) => line.slice(this.commit.length + 1))
      .filter((path) => bytesOfKind(path) > 0)
    const contents = await this.contents(candidates)
    return (path) => {
      const text = contents.get(path)
      const bytes =
        text === undefined ? undefined : Buffer.from(text).subarray(0, bytesOfKind(path))
      return bytes && kindOf(path, bytes)
    }
  }

  async above(): Promise<Above | undefined> {
    const folder = (await git(this.folder, ["rev-parse", "--show-prefix"])).replace(/\/?\n$/, "")
    if (folder === "") return undefined
    const ups = folder.split("/").map((_, index) => "../".repeat(index + 1))
    const found = await this.contents(ups.map((up) => `${up}.gitignore`))
    const gitignores = [...found].map(([path, text]) => [posix.join(folder, path), text] as const)
    return { folder, gitignores: new Map(gitignores) }
  }

  private async contents(paths: readonly string[]): Promise<Map<string, string>> {
    await this.learn(paths.filter((path) => !this.known.has(path) && !path.includes("\n")))
    return new Map(
      paths.flatMap((path): [string, string][] => {
        const text = this.known.get(path)
        return text === undefined ? [] : [[path, text]]
      }),
    )
  }

  /** https://git-scm.com/docs/git-cat-file#_batch_output */
  private async learn(asked: readonly string[]): Promise<void> {
    if (asked.length === 0) return
    const input = asked.map((path) => `${this.commit}:./${path}\n`).join("")
    const output = await gitBytes(this.folder, ["cat-file", "--batch"], input)
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

/** Paths below the folder, relative to it, of files that differ from what they are in the commit. */
export async function changedSince(folder: string, commit: string): Promise<string[]> {
  const listed = await Promise.all([
    git(folder, ["diff", "--name-only", "-z", "--no-renames", "--relative", commit, "--", "."]),
    git(folder, ["ls-files", "--others", "--exclude-standard", "-z"]),
  ])
  return [...new Set(listed.flatMap((text) => text.split("\0")).filter(Boolean))].sort()
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
  if (said === notInstalled) throw new UserError("Git is needed for that, and is not installed")
  const [reason = ""] = said.split("\n")
  return { status, output, reason: reason.replace(/^fatal: /, "") }
}

function failed(reason: string): UserError {
  return new UserError(`${reason} (--affected-since)`, {
    hint: "Give a commit, branch or tag that is here. A shallow clone has only the last commit: `git fetch --unshallow`.",
  })
}
