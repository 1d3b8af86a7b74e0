import { cModuleOf } from "./c-modules.js"
import { readGoCode, readImports } from "./go-code.js"
import type { CCandidate } from "./import-graph.js"
import type { Source } from "./source.js"

/** An import that is compiled with C. https://pkg.go.dev/cmd/cgo */
export interface CUse {
  /** `C` itself, or the path of a module that is known to need it. */
  path: string
  file: string
  line: number
  /** Without C, there is nothing to compile. */
  isRequired: boolean
}

/** Lines that look like imports are candidates; here the files are read, once for each thing that is imported. */
export async function findCgo(
  source: Source,
  candidates: readonly CCandidate[],
): Promise<CUse[] | undefined> {
  const sorted = candidates.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const texts = await source.read([...new Set(sorted.map(({ file }) => file))])
  const uses = new Map<string, CUse>()
  for (const { file, path, isOnlyWithC } of sorted) {
    const found = readImports(readGoCode(texts.get(file) ?? "")).find((each) => each.path === path)
    if (!found) continue
    const known = cModuleOf(path)
    const name = known?.path ?? path
    const isRequired = isOnlyWithC || (known !== undefined && !known.compilesWithoutC)
    const other = uses.get(name)
    if (!other || (isRequired && !other.isRequired)) {
      uses.set(name, { path: name, file, line: found.line, isRequired })
    }
  }
  const all = [...uses.values()]
  const first = (use: CUse) => (use.path === "C" ? 0 : 1)
  return all.length > 0 ? all.toSorted((a, b) => first(a) - first(b)) : undefined
}
