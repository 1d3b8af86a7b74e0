import type { BuildInfo } from "../../../src/sbom/programs/build-info.js"

export const standardLibrary = "Go's standard library"

/** The module that a package of a program is of: the one with the longest path that it begins with. */
export function moduleOf(name: string, { main, path, modules }: BuildInfo): string {
  if (name.startsWith("(")) return name
  if (name === "main") return main?.path ?? path ?? name
  const owners = [...modules, ...(main ? [main] : [])]
    .map((module) => module.path)
    .filter((owner) => name === owner || name.startsWith(`${owner}/`))
    .sort((a, b) => b.length - a.length)
  return owners[0] ?? standardLibrary
}
