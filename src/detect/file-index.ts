import { startOf } from "./modules/modules.js"
import { oncePer, setOf } from "./once.js"

/** Files by where they are: what is below a folder is found without a look at all others. */
export class FileIndex {
  /** That of a list, which is made once. */
  static readonly of: (files: readonly string[]) => FileIndex = oncePer(
    (files) => new FileIndex(files),
  )

  private readonly sorted: readonly string[]
  private readonly all: ReadonlySet<string>

  private constructor(files: readonly string[]) {
    this.sorted = [...files].sort()
    this.all = setOf(files)
  }

  has(file: string): boolean {
    return this.all.has(file)
  }

  /** The file of that name, or all in the folder of that name. */
  *at(path: string): Generator<string> {
    if (this.all.has(path)) yield path
    yield* this.below(path)
  }

  /** All files where that is empty. */
  *below(folder: string): Generator<string> {
    const start = startOf(folder)
    for (let index = this.firstFrom(start); index < this.sorted.length; index++) {
      const file = this.sorted[index] ?? ""
      if (!file.startsWith(start)) return
      yield file
    }
  }

  /** The same as a list. */
  list(folder: string): readonly string[] {
    return folder === "" ? this.sorted : [...this.below(folder)]
  }

  /** The place of the first file that does not come before a text. */
  private firstFrom(text: string): number {
    let [low, high] = [0, this.sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.sorted[middle] ?? "") < text) low = middle + 1
      else high = middle
    }
    return low
  }
}
