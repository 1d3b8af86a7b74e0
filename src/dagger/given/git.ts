import { dag, type Container, type Directory } from "@dagger.io/dagger"
import { gitAnswers, gitScript, parseGitAnswers } from "../../detect/git/git-script.js"
import type { GitAnswer } from "../../git-state.js"

/**
 * Of a .git folder, what is not sent to an engine: what holds passwords, what Git would run, and what changes with each look
 * at the work tree.
 */
export const notOfGit = [
  "config",
  "config.worktree",
  "hooks",
  "index",
  "*.lock",
  "modules",
  "lfs",
  // Of a folder that has it.
  ".git/config",
  ".git/config.worktree",
  ".git/hooks",
  ".git/index",
  ".git/*.lock",
  ".git/modules",
  ".git/lfs",
]

export interface GitQuestion {
  git: Directory
  source: Directory
  /** Path of the module at the source's root. */
  module: string
  /** An image that has Git, which those of Go have. */
  image: string
  isOwn: (path: string) => boolean
}

/** Which commit a source is of, by the Git that the caller gave with it. */
export async function askGit({
  git,
  source,
  module,
  image,
  isOwn,
}: GitQuestion): Promise<GitAnswer> {
  const [given, work, out] = ["/git", "/source", "/answers"]
  const asked: Container = dag
    .container()
    .from(image)
    .withMountedDirectory(given, git)
    .withMountedDirectory(work, source)
    .withExec(["/bin/sh", "-c", gitScript, "sh", given, work, module, out])
  const answers = asked.directory(out)
  const written = await answers.entries()
  const texts = await Promise.all(
    gitAnswers
      .filter((name) => written.includes(name))
      .map(async (name) => [name, await answers.file(name).contents()] as const),
  )
  return parseGitAnswers(Object.fromEntries(texts), isOwn)
}
