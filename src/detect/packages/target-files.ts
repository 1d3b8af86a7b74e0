import { coverIn } from "../patterns/cover.js"
import { FileIndex } from "../file-index.js"
import type { GraphInput, ImportGraph } from "../code/import-graph.js"
import { folderOf, inFolder, folderFinder, moduleFolders, type Module } from "../modules/modules.js"
import { oncePer, oncePerText } from "../once.js"
import type { LocalModule, Workspace } from "../modules/workspace.js"

/** The folder that holds the modules: their own, or the innermost one that they have in common. */
export function assetRootOf(modules: readonly Module[]): string {
  const [first = [], ...others] = modules.map(({ folder }) => folder.split("/").filter(Boolean))
  const same = first.findIndex((part, i) => others.some((other) => other[i] !== part))
  return (same < 0 ? first : first.slice(0, same)).join("/")
}

/**
 * The modules' own files, relative to the asset root: without those of other modules that have Go code. A module without
 * any is no more than a go.mod that keeps the go command out of a folder, such as a front end's.
 */
export function filesOfModules(
  modules: readonly Module[],
  files: readonly string[],
): readonly string[] {
  const own = modules.map(({ folder }) => folder)
  return ownFiles(files, JSON.stringify(own), () => {
    const root = assetRootOf(modules)
    const folders = moduleFolders(files)
    const withCode = foldersWithCode(files)
    const others = folders.filter((folder) => !own.includes(folder) && withCode.has(folder))
    const ownerOf = folderFinder([...own, ...others])
    const isOwn = new Set<string | undefined>(own)
    return FileIndex.of(files)
      .list(root)
      .filter((file) => isOwn.has(ownerOf(file)))
      .map((file) => (root === "" ? file : file.slice(root.length + 1)))
  })
}

const ownFiles = oncePerText<readonly string[], string[]>()

/** Those of modules that have Go code. */
const foldersWithCode = oncePer((files: readonly string[]) => {
  const moduleOf = folderFinder(moduleFolders(files))
  const ofFolders = new Set(files.filter((file) => file.endsWith(".go")).map(folderOf))
  return new Set([...ofFolders].map(moduleOf))
})

/** What a build is made from. */
export interface BuildInput {
  files: readonly string[]
  /** The modules that programs are in. */
  modules: readonly Module[]
  /** Others that the build reads. */
  localModules: readonly LocalModule[]
  workspace?: Workspace
  lintConfiguration?: string
  graph: ImportGraph
  /** Those that front ends are built from. */
  frontendFiles: readonly string[]
  /** Those that get into the image. */
  assets: Iterable<string>
}

/** Where the packages of a build are found. */
export function graphInput(
  { files, modules, localModules }: Pick<BuildInput, "files" | "modules" | "localModules">,
  packages: GraphInput["packages"],
  tags: readonly string[],
): GraphInput {
  const own = modules.map(({ goMod, folder }) => ({ path: goMod.module.value, folder }))
  const roots = [...own, ...localModules]
  return { files, packages, tags, roots, moduleFolders: moduleFolders(files) }
}

/**
 * Patterns of the files that a build needs, so that an edit of anything else is none of its business; undefined where it
 * needs all of the source, or where that cannot be said.
 */
export function filesOfBuild(input: BuildInput): string[] | undefined {
  const { files, graph, assets, frontendFiles } = input
  if (!graph.files) return undefined
  return coverIn(files, [...graph.files, ...moduleFiles(input), ...assets, ...frontendFiles])
}

/** Patterns of all files of the modules; undefined where that is all of the source. */
export function filesOfAllPackages(
  input: Omit<BuildInput, "graph" | "assets">,
): string[] | undefined {
  const { files, modules, localModules, lintConfiguration, frontendFiles } = input
  const index = FileIndex.of(files)
  const folders = new Set([...modules, ...localModules].map(({ folder }) => folder))
  const all = [...folders, ...moduleFiles(input), lintConfiguration ?? "", ...frontendFiles]
  return patternsOf(files, [...new Set(all)].sort().join("\n"), () =>
    coverIn(files, [...[...folders].flatMap((folder) => index.list(folder)), ...all]),
  )
}

const patternsOf = oncePerText<readonly string[], string[] | undefined>()

/** What the go command reads of modules besides their packages. */
function moduleFiles({
  files,
  modules,
  localModules,
  workspace,
}: Pick<BuildInput, "files" | "modules" | "localModules" | "workspace">): string[] {
  const folders = [...modules, ...localModules, ...(workspace?.modules ?? [])]
  const vendors = workspace?.vendored
    ? [workspace.folder]
    : modules.flatMap(({ folder, vendored }) => (vendored ? [folder] : []))
  return [
    ...folders.flatMap(({ folder }) => [inFolder(folder, "go.mod"), inFolder(folder, "go.sum")]),
    ...(workspace
      ? [inFolder(workspace.folder, "go.work"), inFolder(workspace.folder, "go.work.sum")]
      : []),
    ...vendors.flatMap((folder) => FileIndex.of(files).list(inFolder(folder, "vendor"))),
  ]
}

/** Go files of other modules of the source that the programs are compiled from. */
export function importedFiles(
  compiled: ReadonlySet<string> | undefined,
  ownFiles: readonly string[],
  root: string,
): string[] {
  if (!compiled) return []
  const own = new Set(ownFiles.map((file) => inFolder(root, file)))
  return [...compiled].filter((file) => file.endsWith(".go") && !own.has(file)).sort()
}
