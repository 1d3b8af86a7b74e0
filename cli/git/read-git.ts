import { readFileSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { modulePathOf } from "../../src/detect/modules/go-mod.js"
import type { GitAnswer, GitState } from "../../src/git-state.js"
import { mayBeInWorkTree, parsePlace, placeQuestion, plainPlace } from "./git-place.js"
import {
  commitState,
  headQuestion,
  parseHead,
  parseRefs,
  refsQuestion,
} from "../../src/detect/git/git-refs.js"
import { isDirty, parseStatus } from "./git-status.js"
import { parseConfiguration, remotesOf } from "./configuration.js"
import { publicRemote } from "../../src/detect/git/remote-url.js"

/**
 * Asks Git about the work tree that a folder is in. Nothing is written there, not even Git's own index.
 *
 * @param isOwn Whether a file was written by this program: it does not make a work tree dirty. Absolute path.
 */
export async function readGit(
  folder: string,
  isOwn: (path: string) => boolean,
): Promise<GitAnswer> {
  const real = realpathSync(folder)
  if (!mayBeInWorkTree(real)) return {}
  const { notInstalled, runGit } = await import("./run-git.js")
  const git = async (...args: string[]) => {
    const { output, failed } = await runGit(folder, args)
    return { output: output.toString("utf8"), failed }
  }
  const askPlace = async () => {
    const { output, failed } = await git(...placeQuestion)
    if (failed === undefined) return parsePlace(output)
    return { notice: failed === notInstalled ? missing : explain(failed, folder) }
  }
  const plain = plainPlace(real)
  // Side by side: each is a process of its own, and most of them take no longer than its start.
  const [status, merged, configured, asked] = await Promise.all([
    git("status", "--porcelain", "-z"),
    git(...refsQuestion),
    git("config", "-z", "--get-regexp", "^(remote\\..*\\.url|core\\.worktree)$"),
    plain ? undefined : askPlace(),
  ])
  const refs = parseRefs(merged.output)
  // Of a commit that no branch is at, as CI checks it out, references do not tell.
  const head = refs.find(({ isHead }) => isHead) ?? parseHead((await git(...headQuestion)).output)
  const configuration = parseConfiguration(configured.output)
  const place =
    plain && head && !configuration.has("core.worktree") ? plain : (asked ?? (await askPlace()))
  if ("notice" in place) return place
  const { root, isShallow } = place
  if (!head) {
    return {
      notice: `no commit yet in ${root}: the image does not say which one it is of`,
    }
  }
  const state: GitState = {
    ...commitState(head, refs),
    modified:
      status.failed === undefined ? isDirty(parseStatus(status.output), root, isOwn) : undefined,
    ...optional("remote", publicRemote(remotesOf(configuration))),
    ...optional("folder", place.folder || undefined),
    ...optional("rootModule", modulePathOf(rootGoMod(root))),
    from: "Git",
  }
  const lacksTags =
    isShallow &&
    !refs.some(({ isTag }) => isTag) &&
    (await git("for-each-ref", "--count=1", "refs/tags")).output === ""
  return {
    state,
    ...(lacksTags && {
      notice:
        "a shallow clone without tags: the version comes from the commit alone; `git fetch --unshallow --tags` fetches the tags",
    }),
  }
}

const missing = "not installed: the image does not name its commit"

function optional<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>)
}

function rootGoMod(root: string): string | undefined {
  try {
    return readFileSync(join(root, "go.mod"), "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code) return undefined
    throw error
  }
}

function explain(reason: string, folder: string): string {
  if (/dubious ownership/.test(reason)) {
    const [, root = folder] = /repository at '([^']+)'/.exec(reason) ?? []
    return `${root} belongs to another user, so the image does not name its commit; \`git config --global --add safe.directory ${root}\` allows it`
  }
  const [line = ""] = reason
    .replace(/^(?:fatal|error): /gm, "")
    .trim()
    .split("\n")
  return `${line}: the image does not name its commit`
}
