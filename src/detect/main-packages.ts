import { takesPart, type BuildTarget } from "./build-constraint.js"
import { parseGoFileHeader } from "./go-file.js"

/** A folder that `go build` makes a program from. */
export interface MainPackage {
  /** Relative to the module's root, as the go command writes it: `.`, `./cmd/api`. */
  path: string
  /** The first of its files, by name, and the line of its package clause. */
  file: string
  line: number
}

/** The main packages among candidate files; `read` holds the candidates' contents. */
export function findMainPackages(
  candidates: readonly string[],
  read: ReadonlyMap<string, string>,
  target: BuildTarget,
): MainPackage[] {
  const packages = new Map<string, MainPackage>()
  for (const file of [...candidates].sort()) {
    const text = read.get(file)
    if (text === undefined || !isBuildable(file)) continue
    const header = parseGoFileHeader(text)
    if (header.package !== "main" || header.line === undefined) continue
    if (!takesPart(file, header.constraint, target)) continue
    const path = packagePath(file)
    if (!packages.has(path)) packages.set(path, { path, file, line: header.line })
  }
  return [...packages.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** `./...` passes over vendor, testdata, and folders that start with a dot or an underscore. */
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
