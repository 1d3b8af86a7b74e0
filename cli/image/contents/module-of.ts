import type { BuildInfo } from "../../../src/sbom/programs/build-info.js"

export const standardLibrary = "Go's standard library"

/** The module that a package of a program is of: the one with the longest path that it begins with. */
export function moduleOf(name: string, { main, path, modules }: BuildInfo): string {
  if (name.startsWith("(")) return name
  if (name === "main") return main?.path ?? path ?? name
  const paths = [...modules, ...(main ? [main] : [])].map((module) => module.path)
  return longestOwner(name, paths) ?? standardLibrary
}

/** Of a package that was compiled; undefined where it is of none of these modules, and not of Go itself. */
export function ownerOf(name: string, modules: readonly string[]): string | undefined {
  const isStandard = !(name.split("/")[0] ?? "").includes(".")
  return longestOwner(name, modules) ?? (isStandard ? standardLibrary : undefined)
}

function longestOwner(name: string, modules: readonly string[]): string | undefined {
  return modules
    .filter((owner) => name === owner || name.startsWith(`${owner}/`))
    .sort((a, b) => b.length - a.length)[0]
}
