import { matchesFile, type BuildTarget } from "../code/build-constraint.js"
import { parseGoFileHeader } from "../code/go-file.js"
import type { MainPackage, ExcludedPackage, PackageOwner } from "./main-package.js"

export interface MainPackages {
  mainPackages: MainPackage[]
  /** Those that patterns such as `./...` do not reach: in testdata, `_x`, `.x`, and what go.mod ignores. */
  hiddenPackages?: MainPackage[]
  /** Those of which no file takes part in a build. */
  excludedPackages?: ExcludedPackage[]
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
): MainPackages {
  const found = new Map<string, MainPackage>()
  const hidden = new Map<string, MainPackage>()
  const excluded = new Map<string, ExcludedPackage>()
  for (const file of [...candidates].sort()) {
    const text = read.get(file)
    const owner = ownerOf(file)
    if (text === undefined || !owner || isVendored(file) || file.endsWith("_test.go")) continue
    const { package: name, line, constraint } = parseGoFileHeader(text)
    if (name !== "main" || line === undefined) continue
    const path = packagePath(file)
    const module = owner.folder
    const inside = pathInModule({ path, module }).slice("./".length)
    const importPath = inside ? `${owner.path}/${inside}` : owner.path
    const each = { path, importPath, module, file, line }
    if (matchesFile(file, constraint, { ...target, tags: owner.buildTags })) {
      const packages = isBuildable(file) && !owner.ignores?.(inside) ? found : hidden
      if (!packages.has(path)) packages.set(path, each)
    } else if (isBuildable(file) && isGenerator(excluded.get(path) ?? { constraint: generator })) {
      excluded.set(path, { ...each, constraint })
    }
  }
  const excludedPackages = sorted(excluded).filter(({ path }) => !found.has(path))
  return {
    mainPackages: sorted(found),
    ...(hidden.size > 0 && { hiddenPackages: sorted(hidden) }),
    ...(excludedPackages.length > 0 && { excludedPackages }),
  }
}

function sorted<T extends MainPackage>(packages: ReadonlyMap<string, T>): T[] {
  return [...packages.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

const generator = "ignore"

/** By the custom of `//go:build ignore`: for `go run`, and never part of a build. */
export function isGenerator({ constraint }: Pick<ExcludedPackage, "constraint">): boolean {
  return constraint === generator
}

function isVendored(file: string): boolean {
  return file.startsWith("vendor/") || file.includes("/vendor/")
}

/** Its path for the go command that runs in the module's folder. */
export function pathInModule({ path, module }: Pick<MainPackage, "path" | "module">): string {
  const folder = module === "" ? "." : `./${module}`
  if (path === folder) return "."
  return module === "" ? path : `.${path.slice(folder.length)}`
}

/** What `go build -o folder/` calls a program (cmd/go's DefaultExecName): of `example.com/hello/v2`, `hello`. */
export function goName(importPath: string): string {
  const parts = importPath.split("/")
  const [parent, last = ""] = parts.slice(-2)
  const isVersion = parts.length > 1 && /^v(?:[2-9]|[1-9]\d+)$/.test(last)
  return (isVersion ? parent : parts.at(-1)) ?? ""
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
