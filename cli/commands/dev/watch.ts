import { lstatSync, readdirSync, watch, type FSWatcher } from "node:fs"
import { join } from "node:path"

/*
 * One watch a folder. Node.js watches a whole tree by itself, but on Linux loses what comes after a file was replaced by a
 * rename, as editors save it; and chokidar has one watch a file: 21,000 of them, 250 MB and 6 s for 20,000 files in 1,000
 * folders, where this has 1,000, 53 MB and 0.2 s (docs/dev.md).
 */

export interface WatchOptions {
  /** Whether a folder, by its path in the tree, is looked into. */
  isWatched: (folder: string) => boolean
  /** Told the path in the tree of what was made, changed, renamed or removed. */
  onChange: (path: string) => void
  /** Told once, where the machine has no more watches. */
  onLimit: (error: Error) => void
}

/** Watches a tree of folders, those included that are made later. */
export class TreeWatch {
  private readonly watched = new Map<string, { watcher: FSWatcher; inode: number }>()
  private isLimitTold = false

  constructor(
    private readonly root: string,
    private readonly options: WatchOptions,
  ) {
    this.add("")
  }

  /** Looks for folders that are to be watched by now. */
  refresh(): void {
    this.add("")
  }

  get folders(): number {
    return this.watched.size
  }

  close(): void {
    for (const { watcher } of this.watched.values()) watcher.close()
    this.watched.clear()
  }

  /** With all that is in it. Watched first, and read then: what comes in between is seen. */
  private add(folder: string): void {
    if (!this.watch(folder)) return
    for (const name of subfolders(join(this.root, folder))) {
      const path = folder === "" ? name : `${folder}/${name}`
      if (this.options.isWatched(path)) this.add(path)
    }
  }

  private watch(folder: string): boolean {
    const path = join(this.root, folder)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (!stat?.isDirectory()) return false
    // A folder may have taken the place of another one of its name.
    if (this.watched.get(folder)?.inode === stat.ino) return true
    this.forget(folder)
    try {
      const watcher = watch(path, (_, name) => {
        this.see(folder, name)
      })
      watcher.on("error", () => {
        this.forget(folder)
      })
      this.watched.set(folder, { watcher, inode: stat.ino })
      return true
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException
      if (["ENOSPC", "EMFILE"].includes(code) && !this.isLimitTold) {
        this.isLimitTold = true
        this.options.onLimit(error as Error)
      }
      return false
    }
  }

  private see(folder: string, name: string | null): void {
    const path = [folder, name ?? ""].filter(Boolean).join("/")
    const stat = lstatSync(join(this.root, path), { throwIfNoEntry: false })
    const isFolder = stat?.isDirectory() ?? false
    if (!isFolder) this.forget(path)
    else if (this.options.isWatched(path)) this.add(path)
    this.options.onChange(path)
  }

  /** With all below it: after a rename, a watch would tell the old name. */
  private forget(folder: string): void {
    if (!this.watched.has(folder)) return
    for (const [path, { watcher }] of this.watched) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue
      watcher.close()
      this.watched.delete(path)
    }
  }
}

/** None of a folder that has just gone. */
function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
  } catch {
    return []
  }
}
