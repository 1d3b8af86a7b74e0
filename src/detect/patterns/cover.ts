import { oncePer, setOf } from "../once.js"
import { literalPattern } from "../../patterns/patterns.js"

interface Folder {
  path: string
  /** Files right in it that are to be covered. */
  covered: string[]
  folders: Map<string, Folder>
  /** Something in it, or further down, is not to be covered. */
  hasOthers: boolean
  /** It is not to be covered itself, though all that is in it may be. */
  isSpared: boolean
  /** Something in it, or further down, is to be covered. */
  hasCovered: boolean
}

/**
 * As few patterns as match the one and nothing of the other: a folder in which all files are to be covered is one pattern, of
 * others each file is.
 *
 * @param files.folders Those that no pattern may match, whatever is in them.
 */
export function coverFiles(files: {
  covered: readonly string[]
  others: readonly string[]
  folders: readonly string[]
}): string[] {
  if (files.covered.length === 0) return []
  const root = newFolder("")
  for (const file of files.covered) {
    const folder = walk(root, file, (each) => (each.hasCovered = true))
    folder.covered.push(file)
  }
  for (const file of files.others) walk(root, file, (each) => (each.hasOthers = true))
  for (const path of files.folders) {
    walk(root, `${path}/`, (each) => {
      if (each.path === path) each.isSpared = true
      else each.hasOthers = true
    })
  }
  const patterns: string[] = []
  addPatterns(root, patterns)
  return patterns.sort()
}

function addPatterns(folder: Folder, patterns: string[]): void {
  if (!folder.hasCovered) return
  if (folder.path !== "" && !folder.hasOthers) {
    patterns.push(literalPattern(folder.path) + (folder.isSpared ? "/*" : ""))
    return
  }
  patterns.push(...folder.covered.map(literalPattern))
  for (const each of folder.folders.values()) addPatterns(each, patterns)
}

function newFolder(path: string): Folder {
  return {
    path,
    covered: [],
    folders: new Map(),
    hasOthers: false,
    isSpared: false,
    hasCovered: false,
  }
}

/** Visits the folders that a file is in, from the root on. */
function walk(root: Folder, file: string, visit: (folder: Folder) => void): Folder {
  let folder = root
  visit(folder)
  for (let end = file.indexOf("/"); end >= 0; end = file.indexOf("/", end + 1)) {
    const path = file.slice(0, end)
    let next = folder.folders.get(path)
    if (!next) folder.folders.set(path, (next = newFolder(path)))
    folder = next
    visit(folder)
  }
  return folder
}

/** How many files of a list are in each folder, or further down. */
const countsOf = oncePer((files: readonly string[]) => countBelow(files))

function countBelow(files: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files) {
    for (let end = file.lastIndexOf("/"); end > 0; end = file.lastIndexOf("/", end - 1)) {
      const folder = file.slice(0, end)
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
  }
  return counts
}

/**
 * The same for those of a list that are wanted, without a look at all others: a repository has many, and a program needs few.
 *
 * @param wanted What the list does not have is skipped.
 * @returns Undefined where all of the list are wanted.
 */
export function coverIn(files: readonly string[], wanted: Iterable<string>): string[] | undefined {
  const all = setOf(files)
  const covered = new Set<string>()
  for (const file of wanted) if (all.has(file)) covered.add(file)
  if (covered.size === all.size) return undefined
  const counts = countsOf(files)
  const found = countBelow(covered)
  const patterns = new Set<string>()
  for (const file of covered) {
    let outermost = file
    for (let end = file.indexOf("/"); end > 0; end = file.indexOf("/", end + 1)) {
      const folder = file.slice(0, end)
      if (found.get(folder) !== counts.get(folder)) continue
      outermost = folder
      break
    }
    patterns.add(outermost)
  }
  return [...patterns].map(literalPattern).sort()
}
