import { cModuleOf } from "./c-modules.js"
import { readGoCode, readImports } from "./go-code.js"
import type { CCandidate } from "./import-graph.js"
import type { Source } from "../source.js"

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
