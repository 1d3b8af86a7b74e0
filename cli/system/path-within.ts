import { realpathSync } from "node:fs"
import { basename, dirname, isAbsolute, join, relative } from "node:path"

/** A path relative to the folder, links on the way followed; undefined outside of it. */
export function pathWithin(folder: string, path: string): string | undefined {
  const inside = relative(realPath(folder), realPath(path))
  return inside === ".." || inside.startsWith("../") || isAbsolute(inside) ? undefined : inside
}

/** Also of what is not there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}
