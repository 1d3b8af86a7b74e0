import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"

const prefix = "go-image-run-"

/** A folder for one container: its root filesystem, its configuration and the runtime's state. */
export class Bundle {
  readonly folder: string
  private readonly removeAtExit = () => {
    try {
      this.remove()
    } catch {
      // The program is ending, too, and may write to the last; the next run removes what it left.
    }
  }

  constructor() {
    removeAbandoned()
    this.folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
    process.once("exit", this.removeAtExit)
  }

  get id(): string {
    return basename(this.folder)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  remove(): void {
    process.removeListener("exit", this.removeAtExit)
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Removes what processes left that were killed before they could clean up. */
function removeAbandoned(): void {
  for (const id of readdirSync(tmpdir())) {
    const pid = id.startsWith(prefix) ? parseInt(id.slice(prefix.length)) : NaN
    if (Number.isNaN(pid) || isRunning(pid)) continue
    try {
      patiently(() => {
        removeControlGroups(id)
        rmSync(join(tmpdir(), id), { recursive: true, force: true })
      })
    } catch {
      // Its program does not end; a later run finds the folder again.
    }
  }
}

/** A program that is just ending holds on to its control group, and to its root filesystem, for a moment. */
function patiently(remove: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return remove()
    } catch (error) {
      if (attempt === 50) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

/** The runtime makes one in each hierarchy. They are folders that cannot be emptied, only removed. */
function removeControlGroups(id: string): void {
  const root = "/sys/fs/cgroup"
  for (const folder of [root, ...readdirSync(root).map((hierarchy) => join(root, hierarchy))]) {
    if (existsSync(join(folder, id))) rmdirSync(join(folder, id))
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
