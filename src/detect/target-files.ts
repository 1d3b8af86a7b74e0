import { coverFiles } from "./cover.js"
import type { GraphInput, ImportGraph } from "./import-graph.js"
import type { MainPackage } from "./main-packages.js"
import { inFolder, isInside, folderFinder, moduleFolders, type Module } from "./modules.js"
import type { LocalModule, Workspace } from "./workspace.js"

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
export function filesOfModules(modules: readonly Module[], files: readonly string[]): string[] {
  const root = assetRootOf(modules)
  const own = modules.map(({ folder }) => folder)
  const folders = moduleFolders(files)
  const moduleOf = folderFinder(folders)
  const withCode = new Set(files.filter((file) => file.endsWith(".go")).map(moduleOf))
  const others = folders.filter((folder) => !own.includes(folder) && withCode.has(folder))
  const ownerOf = folderFinder([...own, ...others])
  return files
    .filter((file) => own.includes(ownerOf(file) ?? ""))
    .filter((file) => isInside(file, root))
    .map((file) => (root === "" ? file : file.slice(root.length + 1)))
}

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
  /** Whether a front end is built from a file. */
  isFrontend?: (file: string) => boolean
  /** Whether a file gets into the image. */
  isAsset: (file: string) => boolean
}

/** Where the packages of a build are found. */
export function graphInput(
  { files, modules, localModules }: Omit<BuildInput, "graph" | "isAsset">,
  packages: readonly MainPackage[],
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
  const { files, graph, isAsset, isFrontend = () => false } = input
  const needed = graph.files
  if (!needed) return undefined
  const isModuleFile = moduleFileMatcher(input)
  return coverWanted(
    files,
    (file) => needed.has(file) || isModuleFile(file) || isAsset(file) || isFrontend(file),
  )
}

/** Patterns of all files of the modules; undefined where that is all of the source. */
export function filesOfAllPackages(input: Omit<BuildInput, "graph" | "isAsset">) {
  const { files, modules, localModules, lintConfiguration, isFrontend = () => false } = input
  const moduleOf = folderFinder([...modules, ...localModules].map(({ folder }) => folder))
  const isModuleFile = moduleFileMatcher(input)
  return coverWanted(
    files,
    (file) =>
      isModuleFile(file) ||
      file === lintConfiguration ||
      moduleOf(file) !== undefined ||
      isFrontend(file),
  )
}

/** What the go command reads of modules besides their packages. */
function moduleFileMatcher({
  modules,
  localModules,
  workspace,
}: Pick<BuildInput, "modules" | "localModules" | "workspace">) {
  const folders = [...modules, ...localModules, ...(workspace?.modules ?? [])]
  const names = new Set([
    ...folders.flatMap(({ folder }) => [inFolder(folder, "go.mod"), inFolder(folder, "go.sum")]),
    ...(workspace
      ? [inFolder(workspace.folder, "go.work"), inFolder(workspace.folder, "go.work.sum")]
      : []),
  ])
  const vendors = workspace?.vendored
    ? [inFolder(workspace.folder, "vendor")]
    : modules.flatMap(({ folder, vendored }) => (vendored ? [inFolder(folder, "vendor")] : []))
  return (file: string) => names.has(file) || vendors.some((folder) => isInside(file, folder))
}

/** Undefined where all files are wanted. */
function coverWanted(
  files: readonly string[],
  isWanted: (file: string) => boolean,
): string[] | undefined {
  const covered: string[] = []
  const others: string[] = []
  for (const file of files) (isWanted(file) ? covered : others).push(file)
  return others.length === 0 ? undefined : coverFiles({ covered, others, folders: [] })
}
