import { lstatSync, statSync } from "node:fs"
import { join } from "node:path"
import { workTree } from "../../source/find-root.js"
import { Changes } from "./changes.js"
import { everything, interestIn, type Interest } from "./relevance.js"
import { TreeWatch } from "./watch.js"

/** Watches what of a source matters, which a plan may change. */
export class ProjectWatch {
  readonly changes = new Changes({
    isBusy: () => this.gitIsWriting(),
    counts: (file) => this.counts(file),
  })
  private watch: TreeWatch | undefined
  private root = ""
  private asked: Interest = everything
  private interest = interestIn(everything)
  /** What somebody may have built by now. */
  private readonly told = new Set<string>()

  /** @param say Told where the machine has no more watches. */
  constructor(private readonly say: (line: string) => void) {}

  /** Before a project is looked at, and again when it is known what matters of it. */
  look(root: string, asked: Partial<Interest>): void {
    this.asked = { ...this.asked, ...asked }
    this.interest = interestIn(this.asked)
    if (this.root !== root) this.watch?.close()
    if (this.root === root && this.watch) {
      this.watch.refresh()
      return
    }
    this.root = root
    this.watch = new TreeWatch(root, {
      isWatched: (folder) => this.interest.isFolderOfInterest(folder),
      onChange: (path) => {
        if (this.interest.isFileOfInterest(path)) this.changes.add(path, savedAt(root, path))
      },
      onLimit: () => {
        this.say(
          "note: this machine allows no more watches, and changes in some folders are not seen: sysctl fs.inotify.max_user_watches=524288",
        )
      },
    })
  }

  close(): void {
    this.watch?.close()
  }

  /** Of what was made and is gone again, such as `sedXYZ` of `sed -i`, nobody has seen anything. */
  private counts(file: string): boolean {
    const { known } = this.asked
    // Before there is a plan, a file that is gone may be what it failed for.
    const isKnown = known.size === 0 || known.has(file) || this.told.has(file)
    if (!isKnown && !lstatSync(join(this.root, file), { throwIfNoEntry: false })) return false
    this.told.add(file)
    return true
  }

  /** For as long as Git writes files it has this lock; one that is older was left by a Git that was killed. */
  private gitIsWriting(): boolean {
    const tree = workTree(this.root)
    if (tree === undefined) return false
    const lock = statSync(join(tree, ".git/index.lock"), { throwIfNoEntry: false })
    return lock !== undefined && Date.now() - lock.mtimeMs < 10_000
  }
}

/** By the file itself, where it was just written: we may have been busy when it was. */
function savedAt(root: string, path: string): number {
  const now = Date.now()
  const written = statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? now
  return now - written < 2_000 ? Math.min(now, written) : now
}
