import { literalPattern } from "./patterns.js"

/**
 * The fewest patterns that match all of the wanted files and none of the others: a folder where all of its files are
 * wanted, else its files one by one. Undefined where all files are wanted.
 *
 * @param isWanted Of each file, whether it is.
 */
export function coverFiles(
  files: readonly string[],
  isWanted: (file: string) => boolean,
): string[] | undefined {
  const root = makeFolder()
  for (const file of files) {
    const wanted = isWanted(file)
    let folder = root
    const parts = file.split("/")
    const name = parts.pop() ?? ""
    count(folder, wanted)
    for (const part of parts) {
      folder = child(folder, part)
      count(folder, wanted)
    }
    if (wanted) folder.wantedFiles.push(name)
  }
  return root.wanted === root.all ? undefined : patternsOf(root, "")
}

interface Folder {
  all: number
  wanted: number
  wantedFiles: string[]
  folders: Map<string, Folder>
}

function makeFolder(): Folder {
  return { all: 0, wanted: 0, wantedFiles: [], folders: new Map() }
}

function count(folder: Folder, wanted: boolean): void {
  folder.all++
  if (wanted) folder.wanted++
}

function child(folder: Folder, name: string): Folder {
  const known = folder.folders.get(name)
  if (known) return known
  const made = makeFolder()
  folder.folders.set(name, made)
  return made
}

function patternsOf(folder: Folder, prefix: string): string[] {
  const below = [...folder.folders].flatMap(([name, each]) => {
    if (each.wanted === 0) return []
    const path = prefix + name
    return each.wanted === each.all ? [literalPattern(path)] : patternsOf(each, `${path}/`)
  })
  return [...folder.wantedFiles.map((name) => literalPattern(prefix + name)), ...below].sort()
}
