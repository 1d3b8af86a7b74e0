import { groupBy } from "../../group-by.js"
import { matchesFile, type BuildTarget } from "./build-constraint.js"
import { findCCandidates, type CCandidate, type Part } from "./cgo.js"
import { parseGoFileHeader } from "./go-file.js"
import { parseGoImports, type Embed } from "./go-imports.js"
import { folderOf, inFolder, isInside, folderFinder } from "../modules/modules.js"
import { oncePer, oncePerText } from "../once.js"
import { literalPattern, matchPatterns } from "../../patterns/patterns.js"
import type { Source } from "../source.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"

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
  /** The tests of these packages are read, too. */
  withTests?: boolean
}

/** Files that the compiler reads for these packages. https://pkg.go.dev/go/build#Package */
const compiledNames =
  /(?:\.(?:go|c|cc|cxx|cpp|m|h|hh|hpp|hxx|f|F|for|f90|s|S|sx|swig|swigcxx|syso)|^default\.pgo)$/

/** What the compiler meets on its way from the programs through the packages of the source. */
export interface ImportGraph {
  /**
   * The files that it reads, with what they embed. Of a module that has C in it, all of it: what C includes is not read.
   * Undefined where that cannot be said, since one of the files is a link.
   */
  files?: ReadonlySet<string>
  /** Go files that, as far as their lines look like it, import "C" or a module that is known to need C. */
  cCandidates: CCandidate[]
  embeds: EmbedUse[]
  /** Import paths of packages that are not the source's, sorted. */
  foreign: string[]
  /** Imports of the source's own modules, of packages that have no Go file. */
  withoutFiles: PackageUse[]
  /** By their folders. */
  packages: ReadonlyMap<string, OwnPackage>
}

/** A package of the source that the programs need. */
export interface OwnPackage {
  /** That the compiler may read on linux, with these tags, but for what they embed. */
  files: readonly string[]
  /** Folders of the source's packages that it imports. */
  imports: ReadonlySet<string>
  /** Import paths of others. */
  foreign: ReadonlySet<string>
}

/** A `//go:embed`, and what it stands for. */
export interface EmbedUse extends Embed {
  file: string
  /** The pattern, relative to the source's root. */
  path: string
}

export interface PackageUse {
  file: string
  /** The import path. */
  path: string
}

/** Goes through the packages that these import, those that these import, and so on; of other modules, no further. */
export async function walkImports(source: Source, input: GraphInput): Promise<ImportGraph> {
  const { roots, moduleFolders, packages, tags } = input
  const moduleOf = folderFinder(moduleFolders)
  const byFolder = filesByFolder(input.files)
  const partsOf = partReader(source, tags)
  const files = new Set<string>()
  const embeds: EmbedUse[] = []
  const withoutFiles: PackageUse[] = []
  const hasGo = (folder: string) => byFolder.get(folder)?.some((file) => file.endsWith(".go"))
  const wholeFolders: string[] = []
  const cCandidates: CCandidate[] = []
  const foreign = new Set<string>()
  const own = new Map<string, { files: string[]; imports: Set<string>; foreign: Set<string> }>()
  let isComplete = true
  const seen = new Set<string>()
  let wave = packages.map(({ path }) => folderOfPackage(path))
  const tested = new Set(input.withTests ? wave : [])
  while (wave.length > 0) {
    for (const folder of wave) {
      seen.add(folder)
      own.set(folder, { files: [], imports: new Set(), foreign: new Set() })
    }
    const compiled = wave.flatMap((folder) =>
      (byFolder.get(folder) ?? []).filter(
        (file) => isCompiled(file) || (tested.has(folder) && isTest(file)),
      ),
    )
    for (const file of compiled) {
      files.add(file)
      if (!file.endsWith(".go")) own.get(folderOf(file))?.files.push(file)
    }
    const goFiles = compiled.filter((file) => file.endsWith(".go"))
    const { parts, isAll } = await partsOf(goFiles)
    if (!isAll) isComplete = false
    const next = new Set<string>()
    for (const { file, imports } of parts) {
      const folder = folderOf(file)
      own.get(folder)?.files.push(file)
      for (const embed of imports.embeds) {
        embeds.push({ ...embed, file, path: inFolder(literalPattern(folder), embed.pattern) })
      }
      if (imports.paths.includes("C")) wholeFolders.push(moduleOf(folder) ?? folder)
      for (const path of imports.paths) {
        const found = foldersOf(path, roots)
        if (found.length === 0 && path !== "C") {
          foreign.add(path)
          own.get(folder)?.foreign.add(path)
        }
        if (found.length > 0 && !found.some(hasGo)) withoutFiles.push({ file, path })
        for (const each of found) {
          if (hasGo(each)) own.get(folder)?.imports.add(each)
          if (!seen.has(each)) next.add(each)
        }
      }
    }
    cCandidates.push(...findCCandidates(parts))
    wave = [...next]
  }
  const embedded = embeds.map(({ path }) => path)
  addBelow(files, input.files, embedded, wholeFolders)
  return {
    files: isComplete ? files : undefined,
    cCandidates,
    embeds,
    foreign: [...foreign].sort(),
    withoutFiles,
    packages: own,
  }
}

/** What is known of Go files, by their paths: undefined where they take no part, or where there is no text. */
interface KnownParts {
  parts: Map<string, Part | undefined>
  withoutText: Set<string>
}

const knownParts = oncePerText<Source, KnownParts>()

/** Reads each file once, however many programs are of it. */
function partReader(source: Source, tags: readonly string[]) {
  const known = knownParts(source, tags.join(), () => ({
    parts: new Map(),
    withoutText: new Set(),
  }))
  return async (goFiles: readonly string[]): Promise<{ parts: Part[]; isAll: boolean }> => {
    const asked = goFiles.filter((file) => !known.parts.has(file))
    const texts = await source.goHeaders(asked)
    for (const file of asked) {
      const text = texts.get(file)
      if (text === undefined) known.withoutText.add(file)
      known.parts.set(file, text === undefined ? undefined : readPart(file, text, tags))
    }
    return {
      parts: goFiles.flatMap((file) => known.parts.get(file) ?? []),
      isAll: !goFiles.some((file) => known.withoutText.has(file)),
    }
  }
}

/** For any architecture. */
function readPart(file: string, text: string, tags: readonly string[]): Part | undefined {
  const { constraint } = parseGoFileHeader(text)
  const [withC = false, holds = false] = [true, false].map((cgo) => {
    const target: BuildTarget = { os: "linux", cgo, tags }
    // The name of a test says as much of the platform as that of another file.
    return matchesFile(file.replace(/_test\.go$/, ".go"), constraint, target)
  })
  if (!withC && !holds) return undefined
  const imports = parseGoImports(text)
  return { file, imports, withC, withoutC: holds && !imports.paths.includes("C") }
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

/** The files that are right in each folder. */
export const filesByFolder = oncePer((files: readonly string[]): ReadonlyMap<string, string[]> =>
  groupBy(files, folderOf),
)

function isCompiled(file: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1)
  return compiledNames.test(name) && !isTest(name)
}

function isTest(file: string): boolean {
  return file.endsWith("_test.go")
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
