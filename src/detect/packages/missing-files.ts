import type { EmbedUse } from "../code/import-graph.js"
import { FileIndex } from "../file-index.js"
import { matchPatterns } from "../../patterns/patterns.js"

/** Files that a program needs, and that are not there. */
export interface Need {
  /** The part of the source that lacks: a folder, or a file. Relative to the source's root. */
  path: string
  kind: "directory" | "file"
  /** Other files are in that folder. */
  isShared: boolean
  /** There is an index.html and nothing else: mostly, a page that says that the front end was not built. */
  isStandIn?: true
  /** Compiled into the program; otherwise it is read at run time. */
  isEmbedded: boolean
  /** What needs it, and where. */
  text: string
  file: string
  line: number
}

/** What keeps a folder in a repository, or says what it is for. */
export const placeholder =
  /(?:^|\/)(?:\.[^/]*|(?:placeholder|keep|empty|README)(?:\.(?:md|txt|html))?)$/i

/** Folders that front ends make, by their names. */
const usualOutput = /(?:^|\/)(?:dist|build|out)$/

/** Patterns of `//go:embed` that match no file; one that only keeps a folder is none. */
export function findMissingEmbeds(embeds: readonly EmbedUse[], files: readonly string[]): Need[] {
  const index = FileIndex.of(files)
  return embeds.flatMap((embed): Need[] => {
    const { path, file, line } = embed
    // Most name a file, which is there.
    if (!/[*?[]/.test(path) && index.has(unescape(path))) return []
    const matches = matchPatterns([path])
    const depth = path.split("/").length
    const counts = (each: string) =>
      each.split("/").length === depth
        ? each === unescape(path) || !/(?:^|\/)\.(?:git)?(?:keep|ignore)$/.test(each)
        : !placeholder.test(each)
    const found = [...index.at(literalStart(path))].filter((each) => matches(each) && counts(each))
    const text = embedText(embed)
    const folder = unescape(path.replace(/\/\*+$/, ""))
    if (found.length === 1 && found[0] === `${folder}/index.html` && usualOutput.test(folder)) {
      const need = { path: folder, kind: "directory", isShared: false } as const
      return [{ ...need, isStandIn: true, isEmbedded: true, text, file, line }]
    }
    if (found.length > 0) return []
    return [{ ...lackingPart(path, index), isEmbedded: true, text, file, line }]
  })
}

/** As a person wrote it. */
export function embedText({ all, pattern }: Pick<EmbedUse, "all" | "pattern">): string {
  return `//go:embed ${all ? "all:" : ""}${pattern}`
}

/** The first part of a path, from the root on, that has nothing in it; of a pattern, the folder that it looks in. */
export function lackingPart(
  path: string,
  files: FileIndex,
): Pick<Need, "path" | "kind" | "isShared"> {
  const parts = path.split("/")
  for (let count = 1; count <= parts.length; count++) {
    const part = unescape(parts.slice(0, count).join("/"))
    const isPattern = /[*?[]/.test(parts[count - 1] ?? "")
    if (isPattern) {
      const folder = unescape(parts.slice(0, count - 1).join("/"))
      return { path: folder, kind: "directory", isShared: true }
    }
    if (hasContent(files, part)) continue
    const isFile = count === parts.length && /\.\w+$/.test(part)
    return { path: part, kind: isFile ? "file" : "directory", isShared: false }
  }
  return { path: unescape(path), kind: "directory", isShared: true }
}

function hasContent(files: FileIndex, path: string): boolean {
  for (const file of files.at(path)) if (!placeholder.test(file)) return true
  return false
}

/** The part of a pattern, in whole names, that stands for itself. */
function literalStart(pattern: string): string {
  const parts = pattern.split("/")
  const end = parts.findIndex((part) => /[*?[]/.test(part))
  return unescape(parts.slice(0, end < 0 ? parts.length : end).join("/"))
}

/** Patterns of Go and of the engines escape in the same way. */
function unescape(pattern: string): string {
  return pattern.replace(/\\(.)/g, "$1")
}

/** Something that the compiler would not find, and what may bring it. */
export interface Missing {
  message: string
  file: string
  line: number
  hint: string
}
