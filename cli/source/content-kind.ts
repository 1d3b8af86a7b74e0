import { closeSync, constants, lstatSync, openSync, readSync } from "node:fs"
import { join } from "node:path"
import { bytesOfKind, kindOf, type ContentKind } from "../../src/detect/assets/content-kind.js"
import { pathWithin } from "../system/path-within.js"

const small = Buffer.alloc(64_000)

/**
 * What a file of the source is by its content. A link is what it leads to, inside of the source. Nothing is said of what
 * cannot be read: no engine gets it either.
 */
export function contentKindOf(folder: string, path: string): ContentKind | undefined {
  const limit = bytesOfKind(path)
  if (limit === 0) return undefined
  const file = open(folder, path)
  if (file === undefined) return undefined
  try {
    const length = readSync(file, small, 0, small.length, 0)
    if (length < small.length || limit <= small.length) {
      return kindOf(path, small.subarray(0, length))
    }
    const large = Buffer.alloc(limit)
    return kindOf(path, large.subarray(0, readSync(file, large, 0, limit, 0)))
  } catch {
    return undefined
  } finally {
    closeSync(file)
  }
}

function open(folder: string, path: string): number | undefined {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
  const whole = join(folder, path)
  try {
    if (!lstatSync(whole).isSymbolicLink()) return openSync(whole, flags)
    const inside = pathWithin(folder, whole)
    return inside === undefined ? undefined : openSync(join(folder, inside), flags)
  } catch {
    return undefined
  }
}
