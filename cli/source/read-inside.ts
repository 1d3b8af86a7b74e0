import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Dirent,
  type Stats,
} from "node:fs"
import { basename, dirname, join, relative, sep } from "node:path"
import { UserError } from "../../src/errors.js"
import {
  leadsNowhere,
  leadsOutside,
  notAFile,
  readLimit,
  tooLarge,
  vcsFolders,
} from "../../src/detect/source.js"

/**
 * The text of a file that is inside of the folder once all links are resolved, and is not too large; undefined where there
 * is nothing. What a link leads to elsewhere is the business of whoever has the machine, not of the project.
 */
export function readInside(
  folder: string,
  path: string,
  /** Of folders that were resolved before, where they really are. */
  known?: Map<string, string>,
): string | undefined {
  const absolute = join(folder, path)
  const isPlain = known !== undefined && isPlainFile(absolute)
  const above = isPlain ? known.get(dirname(absolute)) : undefined
  const real = above === undefined ? resolveInside(folder, path) : join(above, basename(path))
  if (real === undefined) return undefined
  if (isPlain) known.set(dirname(absolute), dirname(real))
  // Neither waits for the other end of a pipe, nor follows a link that was put there meanwhile.
  const file = opened(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw notAFile(path, describeKind(stat))
    const { bytes, cut } = readLimit(path)
    if (stat.size > bytes && !cut) throw tooLarge(path, stat.size)
    return readUpTo(file, Math.min(stat.size, bytes))
  } finally {
    closeSync(file)
  }

  function opened(name: string, flags: number): number {
    try {
      return openSync(name, flags)
    } catch (error) {
      throw new UserError(`cannot read ${absolute}: ${(error as Error).message}`)
    }
  }
}

function isPlainFile(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  } catch {
    // Why it cannot be looked at is said where it is read.
    return false
  }
}

function resolveInside(folder: string, path: string): string | undefined {
  const absolute = join(folder, path)
  const root = realpathSync.native(folder)
  let real: string
  try {
    real = realpathSync.native(absolute)
  } catch (error) {
    if (!lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink()) {
      if (isMissing(error)) return undefined
      throw new UserError(`cannot read ${absolute}: ${(error as Error).message}`)
    }
    throw leadsNowhere(path, readlinkSync(absolute))
  }
  const inside = relative(root, real).split(sep)
  // What version control keeps for itself may be a password, too.
  if (inside[0] === ".." || inside.some((part) => vcsFolders.includes(part))) {
    throw leadsOutside(path, linkTarget(absolute) ?? real)
  }
  return real
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined
}

function readUpTo(file: number, length: number): string {
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, null)
    if (count === 0) break
    filled += count
  }
  return buffer.toString("utf8", 0, filled)
}

export function describeKind(entry: Dirent | Stats): string {
  if (entry.isDirectory()) return "a folder"
  if (entry.isFIFO()) return "a named pipe"
  if (entry.isSocket()) return "a socket"
  return "a device"
}
