import { statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { UserError } from "../../../src/errors.js"
import { mainRemote } from "../../../src/detect/git/remote-url.js"
import { workTree } from "../../source/find-root.js"
import { parseConfiguration, remotesOf } from "../../git/configuration.js"
import { runGit } from "../../git/run-git.js"
import { readGit } from "../../git/read-git.js"
import { makeWorkFolder } from "../../system/work-folder.js"
import type { Report } from "../../terminal/report.js"
import type { Said } from "./said.js"

export interface FoundSource {
  folder: string
  /** No Git says which commit it is. */
  isUnknown?: true
  /** What a person must know where it is not. */
  doubt?: string
  remove: () => void
}

/**
 * The source that an image is of: the folder itself where that is the image's commit, else the commit in a clone of its own,
 * whatever the work tree is at now. Nothing changes in the repository.
 */
export async function sourceOf(said: Said, folder: string, report: Report): Promise<FoundSource> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`the source folder does not exist: ${folder}`, {
      hint: "Give the folder of the image's Go project with --source.",
    })
  }
  const here = { folder, remove: () => undefined }
  const { revision, modified } = said
  if (revision === undefined) {
    return { ...here, doubt: "the image does not name its commit" }
  }
  const { state } = await readGit(resolve(folder), () => false)
  const short = revision.slice(0, 12)
  if (!state) {
    const doubt = `${folder} is not in a Git repository, so it is not known whether it is ${short}, the commit of the image`
    return { ...here, isUnknown: true, doubt }
  }
  if (modified) {
    const doubt = `the image was built from ${short} with changes that were not committed`
    // Those may still be here.
    const isThere = state.revision === revision
    return { ...(isThere ? here : await clone(resolve(folder), revision, report)), doubt }
  }
  if (state.revision === revision && state.modified === false) return here
  return clone(resolve(folder), revision, report)
}

async function clone(folder: string, revision: string, report: Report): Promise<FoundSource> {
  const root = workTree(folder) ?? folder
  const known = await runGit(root, ["cat-file", "-e", `${revision}^{commit}`])
  if (!/^[0-9a-f]{40,64}$/.test(revision) || known.failed !== undefined) {
    throw new UserError(`the image's commit is not in ${root}: ${revision}`, {
      hint: "Fetch it (in a shallow clone: `git fetch --unshallow --tags`), or give its repository with --source.",
    })
  }
  const { path, remove } = makeWorkFolder(tmpdir(), "go-image-")
  try {
    const copy = join(path, "source")
    await git(root, ["clone", "--quiet", "--no-checkout", "--shared", root, copy])
    await keepRemote(root, copy)
    await git(copy, ["checkout", "--quiet", "--detach", revision])
    report.say(`source: commit ${revision.slice(0, 12)} of ${root}`)
    return { folder: join(copy, relative(root, folder)), remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** The image's label is the address of the repository, not of this one. */
async function keepRemote(root: string, copy: string): Promise<void> {
  const { output } = await runGit(root, ["config", "-z", "--get-regexp", "^remote\\..*\\.url$"])
  const address = mainRemote(remotesOf(parseConfiguration(output.toString("utf8"))))
  const set =
    address === undefined ? ["--unset", "remote.origin.url"] : ["remote.origin.url", address]
  await git(copy, ["config", ...set])
}

async function git(folder: string, args: readonly string[]): Promise<void> {
  const { failed } = await runGit(folder, args)
  if (failed === undefined) return
  throw new UserError(`git ${args[0]}: ${failed.split("\n")[0]?.replace(/^fatal: /, "")}`, {
    hint: "Give a checkout of that commit with --source.",
  })
}
