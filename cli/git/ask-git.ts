import { lstatSync } from "node:fs"
import { basename, dirname } from "node:path"
import type { GitAnswer } from "../../src/git-state.js"
import { matchPatterns } from "../../src/patterns/patterns.js"
import { contentKindOf } from "../source/content-kind.js"
import { isOwnArchive } from "../source/own-files.js"
import { pathWithin } from "../system/path-within.js"
import { readCiVariables } from "./ci-variables.js"
import { readGit } from "./read-git.js"

/**
 * Which commit a folder is of: Git knows, else the CI provider.
 *
 * @param own Patterns of what this program writes there; see ownPatterns.
 */
export async function askGit(
  folder: string,
  own: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<GitAnswer> {
  const matches = matchPatterns(own)
  const isOwn = (path: string) => {
    const inside = pathWithin(folder, path)
    if (inside !== undefined && inside !== "" && matches(inside)) return true
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
    return isOwnArchive(path) || contentKindOf(dirname(path), basename(path)) === "result"
  }
  const answer = await readGit(folder, isOwn)
  if (answer.state) return answer
  const state = readCiVariables(variables)
  return state ? { state } : answer
}
