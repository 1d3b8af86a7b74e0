import {
  chmodSync,
  close,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { UserError } from "../../src/errors.js"
import { pathWithin } from "../system/path-within.js"
import { makeWorkFolder } from "../system/work-folder.js"
import { cacheFolder } from "../system/folders.js"

/**
 * Where a build writes its output until it is complete: on the disk of its destination where that can be, so that a rename
 * suffices, and never in the source, which an engine reads meanwhile.
 */
export interface Staging {
  /** An empty folder. */
  folder: string
  /** Puts what was written in the folder under that name to its destination. */
  commit(name: string): void
  /** Removes what is left. */
  discard(): void
}

/** For a file; one that exists is replaced. */
export function stageFile(destination: string, source?: string): Staging {
  return stage(outputFile(destination), source, (file) => {
    // BuildKit's programs ignore the person's umask.
    chmodSync(file, 0o666 & ~process.umask())
  })
}

/** Where a file is that may be there already; an error where a rename would take the place of something else. */
export function outputFile(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return path
  if (stat.isDirectory()) {
    throw new UserError(`the output is a folder: ${path}`, {
      hint: `Give a file, e.g. ${join(path, "app.oci.tar")}.`,
    })
  }
  if (!stat.isFile()) {
    throw new UserError(`the output is not a file: ${path}`, {
      hint: "It is a device, a pipe or a socket. Give the name of a file.",
    })
  }
  // Of a link, what it points to.
  return realpathSync(path)
}

/** For a folder; one that exists must be empty, because its old files would be taken for new ones. */
export function stageFolder(destination: string, source?: string): Staging {
  const stat = statSync(destination, { throwIfNoEntry: false })
  if (stat && !(stat.isDirectory() && readdirSync(destination).length === 0)) {
    throw new UserError(`the output is not an empty folder: ${destination}`, {
      hint: "Empty it, or give another one.",
    })
  }
  return stage(destination, source)
}

function stage(
  destination: string,
  source: string | undefined,
  finish?: (path: string) => void,
): Staging {
  const parent = dirname(destination)
  const place = placeFor(parent, source)
  // In the source a folder is made at the end: before, it would be a part of what is built.
  const isLate = place !== parent
  const make = () => mkdirSync(parent, { recursive: true })
  const made = isLate ? undefined : make()
  const { path: folder, remove } = makeWorkFolder(place, ".go-image-")
  let committed = false
  return {
    folder,
    commit: (name) => {
      finish?.(join(folder, name))
      if (isLate) make()
      const replaced = openFile(destination)
      move(join(folder, name), destination)
      committed = true
      // The kernel frees tens of megabytes when the last one closes them: while we do something else.
      if (replaced !== undefined) close(replaced)
    },
    discard: () => {
      remove()
      if (made && !committed) rmSync(made, { recursive: true, force: true })
    },
  }
}

/** Beside the destination, or, where that is in the source, in the cache, which is never sent. */
function placeFor(parent: string, source: string | undefined): string {
  if (source === undefined || pathWithin(source, parent) === undefined) return parent
  const place = join(cacheFolder(), "staging")
  try {
    mkdirSync(place, { recursive: true })
    return place
  } catch {
    // A cache that cannot be written to.
    return tmpdir()
  }
}

/** To another disk by way of a copy, so that the destination is never seen half written. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error
    const near = makeWorkFolder(dirname(to), ".go-image-")
    try {
      const copy = join(near.path, basename(to))
      cpSync(from, copy, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
      renameSync(copy, to)
    } finally {
      near.remove()
    }
  }
}

/** Undefined where there is none yet. */
function openFile(path: string): number | undefined {
  try {
    return openSync(path, "r")
  } catch {
    return undefined
  }
}
