import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseGoMod } from "../../src/detect/go-mod.js"
import type { GitAnswer, GitState } from "../../src/detect/git-state.js"
import { highestTags } from "../../src/detect/version-tag.js"
import { UserError } from "../../src/errors.js"
import { isDirty, parseStatus } from "./git-status.js"
import { publicRemote } from "./remote-url.js"
import { notInstalled, runGit } from "./run-git.js"

/**
 * Asks Git about the work tree that a folder is in. Nothing is written there, not even Git's own index.
 *
 * @param isOwn Whether a file was written by this program: it does not make a work tree dirty. Absolute path.
 */
export async function readGit(
  folder: string,
  isOwn: (path: string) => boolean,
): Promise<GitAnswer> {
  const git = (...args: string[]) => runGit(folder, args)
  // Side by side: each is a process of its own, and most of them take no longer than its start.
  const [place, head, status, tags, merged, remotes] = await Promise.all([
    git("rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository"),
    git("-c", "log.showSignature=false", "log", "-1", "--format=%H %ct"),
    git("status", "--porcelain", "-z"),
    git("for-each-ref", "--format=%(refname:lstrip=2) %(objectname) %(*objectname)", "refs/tags"),
    git("for-each-ref", "--format=%(refname:lstrip=2)", "--merged=HEAD", "refs/tags"),
    git("config", "--get-regexp", "^remote\\..*\\.url$"),
  ])
  if (place.failed !== undefined) return { notice: explain(place.failed, folder) }
  const [root = "", prefix = "", isShallow] = place.output.split("\n")
  if (head.failed !== undefined) {
    return {
      notice: `there is no commit yet in ${root}: the image does not say which one it is of`,
    }
  }
  const [revision = "", seconds = ""] = head.output.trim().split(" ")
  const all = readTags(tags.output)
  const here = all.filter(({ commit }) => commit === revision).map(({ name }) => name)
  const earlier = merged.output.split("\n").filter((name) => name && !here.includes(name))
  const folderInside = prefix.replace(/\/$/, "")
  const state: GitState = {
    revision,
    time: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z"),
    modified:
      status.failed === undefined ? isDirty(parseStatus(status.output), root, isOwn) : undefined,
    tags: here.sort(),
    ...nonEmpty("earlierTags", highestTags(earlier)),
    ...optional("remote", publicRemote(readRemotes(remotes.output))),
    ...optional("folder", folderInside || undefined),
    ...optional("rootModule", modulePathOf(root)),
    from: "Git",
  }
  const lacksTags = isShallow === "true" && all.length === 0
  return {
    state,
    ...(lacksTags && {
      notice:
        "a shallow clone without tags, so that no version is known but the commit's; `git fetch --unshallow --tags` brings them",
    }),
  }
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>)
}

function nonEmpty<Name extends string>(name: Name, value: string[]) {
  return value.length === 0 ? {} : ({ [name]: value } as Record<Name, string[]>)
}

/** A tag is the name of a commit, or of an object that says more of it and leads there. */
function readTags(output: string): { name: string; commit: string }[] {
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [name = "", object = "", commit = ""] = line.split(" ")
      return { name, commit: commit || object }
    })
}

/** By their names: `origin`. */
function readRemotes(output: string): Map<string, string> {
  return new Map(
    output
      .split("\n")
      .filter(Boolean)
      .map((line): [string, string] => {
        const blank = line.indexOf(" ")
        return [line.slice("remote.".length, blank - ".url".length), line.slice(blank + 1)]
      }),
  )
}

function modulePathOf(root: string): string | undefined {
  try {
    return parseGoMod(readFileSync(join(root, "go.mod"), "utf8"), "go.mod").module.value
  } catch (error) {
    if (error instanceof UserError || (error as NodeJS.ErrnoException).code) return undefined
    throw error
  }
}

/** Undefined where there is no work tree, and nobody would expect one. */
function explain(reason: string, folder: string): string | undefined {
  if (reason === notInstalled) {
    return hasGitFolder(folder)
      ? "not installed: the image does not say which commit it is of"
      : undefined
  }
  if (/dubious ownership/.test(reason)) {
    const [, root = folder] = /repository at '([^']+)'/.exec(reason) ?? []
    return `${root} belongs to somebody else, so that the image does not say which commit it is of; \`git config --global --add safe.directory ${root}\` trusts it`
  }
  if (/not a git repository/i.test(reason) && !hasGitFolder(folder)) return undefined
  const [line = ""] = reason
    .replace(/^(?:fatal|error): /gm, "")
    .trim()
    .split("\n")
  return `${line}: the image does not say which commit it is of`
}

function hasGitFolder(folder: string): boolean {
  if (existsSync(join(folder, ".git"))) return true
  return dirname(folder) !== folder && hasGitFolder(dirname(folder))
}
