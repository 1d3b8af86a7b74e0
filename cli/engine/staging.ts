import {
  chmodSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { UserError } from "../../src/errors.js"

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
  removeAbandoned(parent)
  const folder = mkdtempSync(join(parent, `${prefix}${processes()}-${process.pid}-`))
  let committed = false
  return {
    folder,
    commit: (name) => {
      finish?.(join(folder, name))
      renameSync(join(folder, name), destination)
      committed = true
    },
    discard: () => {
      rmSync(folder, { recursive: true, force: true })
      if (made && !committed) rmSync(made, { recursive: true, force: true })
    },
  }
}

const prefix = ".go-image-"

/** A build that was killed could not clean up; its process id, with the id's namespace, is in the folder's name. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue
    const [namespace, pid] = name.slice(prefix.length).split("-")
    if (namespace === processes() && !isAlive(Number(pid))) {
      rmSync(join(parent, name), { recursive: true, force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"
  }
}

/** Tells apart containers that share a folder but not their process ids. */
function processes(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0"
  } catch {
    return "0"
  }
}
