import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs"
import { join } from "node:path"

/** A folder for the time of a run. */
export interface WorkFolder {
  path: string
  remove: () => void
}

/**
 * Makes a folder below `parent`, and removes those of runs that were killed and so could not do it: whose they are is in
 * their names.
 */
export function makeWorkFolder(parent: string, prefix: string): WorkFolder {
  const own = `${prefix}${processes()}-`
  removeAbandoned(parent, own)
  const path = mkdtempSync(join(parent, `${own}${process.pid}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function removeAbandoned(parent: string, own: string): void {
  for (const name of names(parent)) {
    const [, pid] = (name.startsWith(own) && /^(\d+)-/.exec(name.slice(own.length))) || []
    if (pid !== undefined && !isAlive(Number(pid))) {
      try {
        rmSync(join(parent, name), { recursive: true, force: true })
      } catch {
        // Another user's, or on a disk that has become read-only: what it is in the way of, fails by itself.
      }
    }
  }
}

/** None of a folder that cannot be read. */
function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
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
    return (namespace ??= /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0")
  } catch {
    return "0"
  }
}

let namespace: string | undefined
