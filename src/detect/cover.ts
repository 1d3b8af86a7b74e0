import { literalPattern } from "./patterns.js"

interface Folder {
  path: string
  /** Files right in it that are left out. */
  left: string[]
  folders: Map<string, Folder>
  /** Something in it, or further down, stays. */
  stays: boolean
  /** It stays itself, though empty. */
  isKept: boolean
  /** Something in it, or further down, is left out. */
  leaves: boolean
}

/**
 * As few patterns as leave out the one and nothing of the other: a folder of which nothing stays is one pattern, of others
 * each file is.
 *
 * @param folders Those that stay, whatever is in them.
 */
export function coverFiles(files: {
  left: readonly string[]
  kept: readonly string[]
  folders: readonly string[]
}): string[] {
  if (files.left.length === 0) return []
  const root = newFolder("")
  for (const file of files.left) {
    const folder = walk(root, file, (each) => (each.leaves = true))
    folder.left.push(file)
  }
  for (const file of files.kept) walk(root, file, (each) => (each.stays = true))
  for (const path of files.folders) {
    walk(root, `${path}/`, (each) => {
      if (each.path === path) each.isKept = true
      else each.stays = true
    })
  }
  const patterns: string[] = []
  addPatterns(root, patterns)
  return patterns.sort()
}

function addPatterns(folder: Folder, patterns: string[]): void {
  if (!folder.leaves) return
  if (folder.path !== "" && !folder.stays) {
    patterns.push(literalPattern(folder.path) + (folder.isKept ? "/*" : ""))
    return
  }
  patterns.push(...folder.left.map(literalPattern))
  for (const each of folder.folders.values()) addPatterns(each, patterns)
}

function newFolder(path: string): Folder {
  return { path, left: [], folders: new Map(), stays: false, isKept: false, leaves: false }
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
