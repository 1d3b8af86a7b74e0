import { takesPart, type BuildTarget } from "./build-constraint.js"
import { parseGoFileHeader } from "./go-file.js"

/** A module as far as its packages depend on it. */
export interface PackageOwner {
  /** Relative to the source's root; empty for the root. */
  folder: string
  /** The module's path. */
  path: string
  buildTags: readonly string[]
}

/** A folder that `go build` makes a program from. */
export interface MainPackage {
  /** Relative to the source's root, as the go command writes it: `.`, `./cmd/api`. */
  path: string
  /** What other code would import it as, were it no program. */
  importPath: string
  /** Folder of its module, relative to the source's root; empty for the root. */
  module: string
  /** The first of its files, by name, and the line of its package clause. */
  file: string
  line: number
}

/**
 * The main packages among candidate files.
 *
 * @param read The candidates' contents.
 * @param ownerOf The module that a file is in; undefined where it is in none.
 */
export function findMainPackages(
  candidates: readonly string[],
  read: ReadonlyMap<string, string>,
  target: Omit<BuildTarget, "tags">,
  ownerOf: (file: string) => PackageOwner | undefined,
): MainPackage[] {
  const packages = new Map<string, MainPackage>()
  for (const file of [...candidates].sort()) {
    const text = read.get(file)
    const owner = ownerOf(file)
    if (text === undefined || !owner || !isBuildable(file)) continue
    const header = parseGoFileHeader(text)
    if (header.package !== "main" || header.line === undefined) continue
    if (!takesPart(file, header.constraint, { ...target, tags: owner.buildTags })) continue
    const path = packagePath(file)
    if (packages.has(path)) continue
    const module = owner.folder
    const inside = pathInModule({ path, module }).slice("./".length)
    const importPath = inside ? `${owner.path}/${inside}` : owner.path
    packages.set(path, { path, importPath, module, file, line: header.line })
  }
  return [...packages.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Its path for the go command that runs in the module's folder. */
export function pathInModule({ path, module }: Pick<MainPackage, "path" | "module">): string {
  const folder = module === "" ? "." : `./${module}`
  if (path === folder) return "."
  return module === "" ? path : `.${path.slice(folder.length)}`
}

/** `./...` does not reach into vendor, testdata, and folders that start with a dot or an underscore. */
export function isBuildable(file: string): boolean {
  return file
    .split("/")
    .slice(0, -1)
    .every((folder) => folder !== "vendor" && folder !== "testdata" && !/^[._]/.test(folder))
}

function packagePath(file: string): string {
  const slash = file.lastIndexOf("/")
  return slash < 0 ? "." : `./${file.slice(0, slash)}`
}
