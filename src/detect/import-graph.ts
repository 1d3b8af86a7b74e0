import { takesPart, type BuildTarget } from "./build-constraint.js"
import { parseGoFileHeader } from "./go-file.js"
import { parseGoImports } from "./go-imports.js"
import type { MainPackage } from "./main-packages.js"
import { folderOf, inFolder, isInside, folderFinder } from "./modules.js"
import { literalPattern, matchPatterns } from "./patterns.js"
import type { Source } from "./source.js"

/** A module of the source, and what its packages are imported as. */
export interface ImportRoot {
  /** The module's path: that of its go.mod, or the one that `replace` gives it. */
  path: string
  folder: string
}

export interface GraphInput {
  /** All files of the source. */
  files: readonly string[]
  /** Where the packages of the source are found. */
  roots: readonly ImportRoot[]
  /** Folders of all modules of the source. */
  moduleFolders: readonly string[]
  packages: readonly Pick<MainPackage, "path">[]
  tags: readonly string[]
}

/** Files that the compiler reads for these packages. https://pkg.go.dev/go/build#Package */
const compiledNames =
  /(?:\.(?:go|c|cc|cxx|cpp|m|h|hh|hpp|hxx|f|F|for|f90|s|S|sx|swig|swigcxx|syso)|^default\.pgo)$/

/**
 * The files of the source that a build of these packages reads: those of the packages that they import, of those that these
 * import, and so on, with what they embed. Of a module that has C in it, all of it: what C includes is not read.
 *
 * @returns Undefined where that cannot be said, since one of the files is a link.
 */
export async function filesOfPackages(
  source: Source,
  input: GraphInput,
): Promise<Set<string> | undefined> {
  const { roots, moduleFolders, packages, tags } = input
  const moduleOf = folderFinder(moduleFolders)
  const byFolder = groupByFolder(input.files)
  const needed = new Set<string>()
  const embeds: string[] = []
  const wholeFolders: string[] = []
  const seen = new Set<string>()
  let wave = packages.map(({ path }) => path.replace(/^\.\/?/, ""))
  while (wave.length > 0) {
    for (const folder of wave) seen.add(folder)
    const compiled = wave.flatMap((folder) =>
      (byFolder.get(folder) ?? []).filter((file) => isCompiled(file)),
    )
    for (const file of compiled) needed.add(file)
    const goFiles = compiled.filter((file) => file.endsWith(".go"))
    const texts = await source.goHeaders(goFiles)
    if (texts.size < goFiles.length) return undefined
    const next = new Set<string>()
    for (const [file, text] of texts) {
      if (!mayTakePart(file, text, tags)) continue
      const folder = folderOf(file)
      const imports = parseGoImports(text)
      for (const pattern of imports.embeds) embeds.push(inFolder(literalPattern(folder), pattern))
      if (imports.paths.includes("C")) wholeFolders.push(moduleOf(folder) ?? folder)
      for (const path of imports.paths) {
        for (const found of foldersOf(path, roots)) if (!seen.has(found)) next.add(found)
      }
    }
    wave = [...next]
  }
  addBelow(needed, input.files, embeds, wholeFolders)
  return needed
}

function addBelow(
  needed: Set<string>,
  files: readonly string[],
  embeds: readonly string[],
  wholeFolders: readonly string[],
): void {
  if (embeds.length === 0 && wholeFolders.length === 0) return
  const isEmbedded = matchPatterns(embeds)
  for (const file of files) {
    if (isEmbedded(file) || wholeFolders.some((folder) => isInside(file, folder))) needed.add(file)
  }
}

function groupByFolder(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const file of files) {
    const folder = folderOf(file)
    const group = groups.get(folder)
    if (group) group.push(file)
    else groups.set(folder, [file])
  }
  return groups
}

function isCompiled(file: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1)
  return compiledNames.test(name) && !name.endsWith("_test.go")
}

/** For any architecture, and with cgo or without. */
function mayTakePart(file: string, text: string, tags: readonly string[]): boolean {
  const { constraint } = parseGoFileHeader(text)
  return [true, false].some((cgo) => {
    const target: BuildTarget = { os: "linux", cgo, tags }
    return takesPart(file, constraint, target)
  })
}

/** Where the packages of an import path may be: one module may be inside the path of another one. */
function foldersOf(path: string, roots: readonly ImportRoot[]): string[] {
  return roots.flatMap((root) => {
    if (path === root.path) return [root.folder]
    return path.startsWith(`${root.path}/`)
      ? [inFolder(root.folder, path.slice(root.path.length + 1))]
      : []
  })
}
