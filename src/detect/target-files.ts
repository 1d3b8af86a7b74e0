import { isInside, moduleFolders, owningFolder, type Module } from "./modules.js"

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
  const withCode = new Set(
    files.filter((file) => file.endsWith(".go")).map((file) => owningFolder(file, folders)),
  )
  const others = folders.filter((folder) => !own.includes(folder) && withCode.has(folder))
  const all = [...own, ...others].sort((a, b) => (a < b ? -1 : 1))
  return files
    .filter((file) => own.includes(owningFolder(file, all) ?? ""))
    .filter((file) => isInside(file, root))
    .map((file) => (root === "" ? file : file.slice(root.length + 1)))
}
