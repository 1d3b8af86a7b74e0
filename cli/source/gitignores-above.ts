import { lstatSync, realpathSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import type { Above } from "../../src/detect/source.js"
import { workTree } from "./find-root.js"
import { readInside } from "./read-inside.js"

/**
 * The .gitignore files above a folder, at most those at the root of its Git work tree: which of a module's files are ignored
 * is often said at the repository's root.
 */
export function gitignoresAbove(folder: string): Above | undefined {
  const source = realpathSync.native(folder)
  const root = workTree(source)
  if (root === undefined || root === source) return undefined
  const gitignores = new Map<string, string>()
  for (let each = source; each !== root;) {
    each = dirname(each)
    const path = slashes(relative(root, join(each, ".gitignore")))
    // As Git has it, which does not follow a link here.
    if (!lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile()) continue
    const text = readInside(root, path)
    if (text !== undefined) gitignores.set(path, text)
  }
  return { folder: slashes(relative(root, source)), gitignores }
}

function slashes(path: string): string {
  return path.split(sep).join("/")
}
