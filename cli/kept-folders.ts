import { createHash } from "node:crypto"
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs"
import { join } from "node:path"

/*
 * Folders in a cache that are made once, then taken as they are: each is made elsewhere on the same disk, and put in its
 * place when it is complete, so that none is ever seen half made.
 */

/** For whatever identifies the folder's content. */
export function keptName(identity: string): string {
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

/** All but those `most` that were used last, and those used in the last `minutes`. */
export function removeOldest(store: string, most: number, minutes = 0): void {
  const folders = readdirSync(store)
    .filter((name) => /^[0-9a-f]{16}$/.test(name))
    .flatMap((name) => {
      const path = join(store, name)
      // Another process may have taken it at this very moment.
      const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs
      return time === undefined ? [] : { path, time }
    })
    .sort((a, b) => b.time - a.time)
  for (const { path, time } of folders.slice(most)) {
    if (Date.now() - time >= minutes * 60_000) rmSync(path, { recursive: true, force: true })
  }
}
