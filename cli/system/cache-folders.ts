import { createHash } from "node:crypto"
import { type Dirent, lstatSync, readdirSync, renameSync, statSync, utimesSync } from "node:fs"
import { dirname, join } from "node:path"
import { makeWorkFolder } from "./work-folder.js"

/*
 * Folders in a cache that are made once, then taken as they are: each is made elsewhere on the same disk, and put in its
 * place when it is complete, so that none is ever seen half made.
 */

/** For whatever identifies the folder's content. */
export function cacheFolderName(identity: string): string {
  return createHash("sha256").update(identity).digest("hex").slice(0, 16)
}

/** As the one that was used last. Where another process was faster, its folder stays. */
export function putInPlace(made: string, place: string): void {
  markUsed(made)
  try {
    renameSync(made, place)
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException
    if (!["ENOTEMPTY", "EEXIST"].includes(code)) throw error
  }
}

export function markUsed(folder: string): void {
  const now = new Date()
  utimesSync(folder, now, now)
}

/** Whether it is there; then it is the one that was used last. */
export function reuse(folder: string): boolean {
  try {
    markUsed(folder)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false
    throw error
  }
}

/** What a store may keep. */
export interface Limits {
  folders: number
  /** On the disk. The one that was used last stays, however large it is. */
  bytes: number
  /** Those used in the last minutes stay, since they may be in use. */
  minutes?: number
}

/** Removes those that were used longest ago, where there are more than a store may keep. */
export function removeOldest(store: string, { folders: most, bytes, minutes = 0 }: Limits): void {
  const folders = readdirSync(store)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .flatMap((name) => {
      const path = join(store, name)
      // Another process may have taken it at this very moment.
      const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs
      return time === undefined ? [] : { path, time }
    })
    .sort((a, b) => b.time - a.time)
  let used = 0
  for (const [index, { path, time }] of folders.entries()) {
    if (index < most) used += bytesOn(path)
    const isWithin = index === 0 || (index < most && used <= bytes)
    if (!isWithin && Date.now() - time >= minutes * 60_000) removeWhole(path)
  }
}

/**
 * Files that are also somewhere else, as base images' layers are, take no space here. What goes while this looks, such as
 * a container's files, takes none either.
 */
function bytesOn(folder: string): number {
  return entriesOf(folder).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sum + bytesOn(path)
    const file = lstatSync(path, { throwIfNoEntry: false })
    return sum + (file && file.nlink === 1 ? file.blocks * 512 : 0)
  }, 0)
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return []
    throw error
  }
}

/** Out of its place first, so that nobody takes a folder half of which is gone. */
function removeWhole(folder: string): void {
  const { path: work, remove } = makeWorkFolder(dirname(folder), "work-")
  try {
    renameSync(folder, join(work, "removed"))
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
  } finally {
    remove()
  }
}
