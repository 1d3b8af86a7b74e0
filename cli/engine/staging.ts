import {
  chmodSync,
  close,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { UserError } from "../../src/errors.js"
import { makeWorkFolder } from "../work-folder.js"

/** Where a build writes its output until it is complete: beside its destination, so that a rename suffices. */
export interface Staging {
  /** An empty folder. */
  folder: string
  /** Puts what was written in the folder under that name to its destination. */
  commit(name: string): void
  /** Removes what is left. */
  discard(): void
}

/** For a file; one that exists is replaced. */
export function stageFile(destination: string): Staging {
  if (statSync(destination, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`the output is a folder: ${destination}`, {
      hint: "Give the name of the file to write.",
    })
  }
  return stage(destination, (file) => {
    // BuildKit's programs ignore the person's umask.
    chmodSync(file, 0o666 & ~process.umask())
  })
}

/** For a folder; one that exists must be empty, because its old files would be taken for new ones. */
export function stageFolder(destination: string): Staging {
  const stat = statSync(destination, { throwIfNoEntry: false })
  if (stat && !(stat.isDirectory() && readdirSync(destination).length === 0)) {
    throw new UserError(`the output is not an empty folder: ${destination}`, {
      hint: "Empty it, or give another one.",
    })
  }
  return stage(destination)
}

function stage(destination: string, finish?: (path: string) => void): Staging {
  const parent = dirname(destination)
  const made = mkdirSync(parent, { recursive: true })
  const { path: folder, remove } = makeWorkFolder(parent, ".go-image-")
  let committed = false
  return {
    folder,
    commit: (name) => {
      finish?.(join(folder, name))
      const replaced = openFile(destination)
      renameSync(join(folder, name), destination)
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

/** Undefined where there is no file, or not one for us. */
function openFile(path: string): number | undefined {
  try {
    // Without O_NONBLOCK, a pipe would wait for its other end.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    return undefined
  }
}
