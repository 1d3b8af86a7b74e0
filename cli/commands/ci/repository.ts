import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, relative, resolve, sep } from "node:path"
import { mainRemote, webAddress } from "../../../src/detect/git/remote-url.js"
import { runGit } from "../../git/run-git.js"
import { workTree } from "../../source/find-root.js"

/** What a pipeline depends on beside the project: all of its repository. */
export interface Repository {
  root: string
  /** Of the project in it; `.` for the root. */
  folder: string
  /** Files by which CI providers and Dagger are known. */
  files: string[]
  /** One of its files; undefined where it is not there. */
  read: (file: string) => string | undefined
  remote?: string
  /** That others branch off from. */
  branch?: string
}

/** Folders that providers have their files in. */
const folders = [
  ".",
  ".github/workflows",
  ".circleci",
  ".buildkite",
  "buildkite",
  ".azure-pipelines",
  ".azuredevops",
  ".azure",
  ".woodpecker",
]

export async function readRepository(project: string): Promise<Repository> {
  const own = resolve(project)
  const root = workTree(own) ?? own
  const folder = relative(root, own).split(sep).join("/") || "."
  return {
    root,
    folder,
    read: (file) => readIfThere(join(root, file)),
    files: folders.flatMap((each) => filesIn(root, each)),
    remote: await remoteOf(root),
    branch: await mainBranch(root),
  }
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined
}

function filesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => (folder === "." ? name : `${folder}/${name}`))
      .sort()
  } catch {
    return []
  }
}

async function ask(root: string, args: string[]): Promise<string> {
  const { output, status } = await runGit(root, args)
  return status === 0 ? output.toString("utf8").trim() : ""
}

/** Without a commit, too, and so without what a build asks Git. */
async function remoteOf(root: string): Promise<string | undefined> {
  const lines = await ask(root, ["config", "--get-regexp", "^remote\\..*\\.url$"])
  const remotes = lines.split("\n").flatMap((line) => {
    const [, name, url] = /^remote\.(.+)\.url (.+)$/.exec(line) ?? []
    return name !== undefined && url !== undefined ? [[name, url] as const] : []
  })
  const address = mainRemote(new Map(remotes))
  return address === undefined ? undefined : webAddress(address)
}

/** The remote's own, else the only one of the usual names, else the one that is checked out. */
async function mainBranch(root: string): Promise<string | undefined> {
  const head = await ask(root, ["symbolic-ref", "--short", "refs/remotes/origin/HEAD"])
  if (head.startsWith("origin/")) return head.slice("origin/".length)
  const usual = await ask(root, [
    "for-each-ref",
    "--format=%(refname:short)",
    "refs/heads/main",
    "refs/heads/master",
    "refs/heads/trunk",
  ])
  const [first, another] = usual.split("\n")
  if (first && another === undefined) return first
  return (await ask(root, ["symbolic-ref", "--short", "HEAD"])) || undefined
}
