import { cModuleOf } from "./c-modules.js"
import { readGoCode, readImports } from "./go-code.js"
import { folderOf } from "../modules/modules.js"
import type { GoImports } from "./go-imports.js"
import type { Source } from "../source.js"

/** A Go file that takes part in a build for linux, with C or without. */
export interface Part {
  file: string
  imports: GoImports
  withC: boolean
  withoutC: boolean
}

/** An import that may need C, as far as its line looks like it. */
export interface CCandidate {
  file: string
  /** The import path. */
  path: string
  /** Its package has no Go file for linux without C. */
  isOnlyWithC: boolean
  /** Its file is left out of a build without C, for which the package has others. */
  isOptional?: true
}

/** What is imported only where there is C, such as a faster driver, is by itself no reason to have it. */
export function findCCandidates(parts: readonly Part[]): CCandidate[] {
  const withoutC = new Set(parts.flatMap(({ file, withoutC }) => (withoutC ? folderOf(file) : [])))
  return parts.flatMap(({ file, imports, ...part }) => {
    if (!part.withC) return []
    const isOnlyWithC = !withoutC.has(folderOf(file))
    return imports.paths
      .filter((path) => path === "C" || cModuleOf(path))
      .map((path) => ({
        file,
        path,
        isOnlyWithC,
        ...(path !== "C" && !part.withoutC && !isOnlyWithC && { isOptional: true as const }),
      }))
  })
}

/** An import that is compiled with C. https://pkg.go.dev/cmd/cgo */
export interface CUse {
  /** `C` itself, or the path of a module that is known to need it. */
  path: string
  file: string
  line: number
  /** Without C, there is nothing to compile. */
  isRequired: boolean
  /** Its file is left out of a build without C, which then does without it. */
  isOptional?: true
}

/** Lines that look like imports are candidates; here the files are read, once for each thing that is imported. */
export async function findCgo(
  source: Source,
  candidates: readonly CCandidate[],
): Promise<CUse[] | undefined> {
  const sorted = candidates.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const texts = await source.read([...new Set(sorted.map(({ file }) => file))])
  const uses = new Map<string, CUse>()
  for (const { file, path, isOnlyWithC, isOptional } of sorted) {
    const found = readImports(readGoCode(texts.get(file) ?? "")).find((each) => each.path === path)
    if (!found) continue
    const known = cModuleOf(path)
    const name = known?.path ?? path
    const isRequired =
      isOnlyWithC || (!isOptional && known !== undefined && !known.compilesWithoutC)
    const use: CUse = {
      path: name,
      file,
      line: found.line,
      isRequired,
      ...(isOptional && { isOptional }),
    }
    const other = uses.get(name)
    if (!other || needs(use) > needs(other)) uses.set(name, use)
  }
  const all = [...uses.values()]
  const first = (use: CUse) => (use.path === "C" ? 0 : 1)
  return all.length > 0 ? all.toSorted((a, b) => first(a) - first(b)) : undefined
}

function needs({ isRequired, isOptional }: CUse): number {
  return isRequired ? 2 : isOptional ? 0 : 1
}
