import { existsSync, statSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { workTree } from "../source/find-root.js"

/** Where a folder is in its work tree. */
export interface GitPlace {
  /** Folder of the work tree, absolute. */
  root: string
  /** The folder in it, with slashes; empty where it is the root. */
  folder: string
  isShallow: boolean
}

/** Asks Git for all of a place: arguments of it, and what it says. */
export const placeQuestion = [
  "rev-parse",
  "--show-toplevel",
  "--show-prefix",
  "--is-shallow-repository",
]

export function parsePlace(output: string): GitPlace {
  const [root = "", prefix = "", isShallow] = output.split("\n")
  return { root, folder: prefix.replace(/\/$/, ""), isShallow: isShallow === "true" }
}

/**
 * Whether Git could find a work tree from a folder. Each of its processes takes a tenth of the time of a plan: there are none
 * where nothing is to be found.
 *
 * @param folder As it is after links.
 */
export function mayBeInWorkTree(folder: string): boolean {
  return Boolean(process.env["GIT_DIR"]) || workTree(folder) !== undefined
}

/**
 * The same as Git's answer where a look is enough: a plain clone, which nothing in the environment leads away from. Undefined
 * of all else, such as a work tree whose .git is a file.
 */
export function plainPlace(folder: string): GitPlace | undefined {
  if (Object.keys(process.env).some((name) => leadsAway.test(name))) return undefined
  const root = workTree(folder)
  if (root === undefined) return undefined
  const git = join(root, ".git")
  const isFolder = (name = "") =>
    statSync(join(git, name), { throwIfNoEntry: false })?.isDirectory()
  // Git goes further up from one that is not complete.
  const isWhole =
    isFolder() && isFolder("objects") && isFolder("refs") && existsSync(join(git, "HEAD"))
  if (!isWhole) return undefined
  const inside = relative(root, folder).split(sep).join("/")
  return { root, folder: inside, isShallow: existsSync(join(git, "shallow")) }
}

const leadsAway =
  /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|CEILING_DIRECTORIES|DISCOVERY_\w+|OBJECT_DIRECTORY|CONFIG\w*)$/
