import { matchesFile, type BuildTarget } from "../code/build-constraint.js"
import { hasInit, readGoCode, readImports, readMainFunction } from "../code/go-code.js"
import { parseGoFileHeader } from "../code/go-file.js"
import type { Unfit, MainPackage, PackageOwner } from "./main-package.js"

/** Of the standard library and x/sys: all of their files are for other systems. */
const notForLinux = /^(?:syscall\/js|golang\.org\/x\/sys\/(?:windows|plan9)(?:\/.*)?)$/

/**
 * Says of main packages what makes them no programs: an empty `func main`, which stands where a root package only holds
 * `//go:generate` lines, or imports that linux does not have.
 */
export function markUnfit(
  packages: readonly MainPackage[],
  candidates: readonly string[],
  read: ReadonlyMap<string, string>,
  target: Omit<BuildTarget, "tags">,
  ownerOf: (file: string) => PackageOwner | undefined,
): MainPackage[] {
  const byFolder = new Map<string, string[]>()
  for (const file of candidates) {
    const folder = folderOf(file)
    const files = byFolder.get(folder)
    if (files) files.push(file)
    else byFolder.set(folder, [file])
  }
  return packages.map((each) => {
    const tags = ownerOf(each.file)?.buildTags ?? []
    const files = (byFolder.get(folderOf(each.file)) ?? []).flatMap((file) => {
      const text = read.get(file)
      if (text === undefined) return []
      const header = parseGoFileHeader(text)
      const isPart =
        header.package === "main" && matchesFile(file, header.constraint, { ...target, tags })
      return isPart ? [{ file, code: readGoCode(text) }] : []
    })
    const unfit = findForeignImport(files) ?? findEmptyMain(files)
    return unfit ? { ...each, unfit } : each
  })
}

interface CodeFile {
  file: string
  code: ReturnType<typeof readGoCode>
}

function findForeignImport(files: readonly CodeFile[]): Unfit | undefined {
  for (const { file, code } of files) {
    const found = readImports(code).find(({ path }) => notForLinux.test(path))
    if (!found) continue
    const reason = `imports ${found.path}, which does not exist for linux`
    return { kind: "not-for-linux", reason, file, line: found.line }
  }
  return undefined
}

function findEmptyMain(files: readonly CodeFile[]): Unfit | undefined {
  const mains = files.map(({ file, code }) => ({ file, code, main: readMainFunction(code) }))
  if (mains.some(({ main }) => main === "used") || files.some(({ code }) => hasInit(code))) {
    return undefined
  }
  const empty = mains.find(({ main }) => main === "empty")
  const [first] = files
  if (!first) return undefined
  if (!empty) return { kind: "empty", reason: "has no func main", file: first.file }
  const { file, code } = empty
  const line = code.text.slice(0, code.text.search(/func\s+main\s*\(/)).split("\n").length
  return { kind: "empty", reason: "func main is empty", file, line }
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), 0))
}
