import { configurations, type Project } from "./maker.js"
import { madeFolder } from "./needs.js"
import type { EmbedUse } from "../code/import-graph.js"
import { placeholder, type Need } from "../packages/missing-files.js"
import { folderOf, inFolder, isInside } from "../modules/modules.js"
import { matchPatterns } from "../../patterns/patterns.js"

/**
 * Folders that a front end's build makes, by its own configuration, in a folder that is embedded as a whole: the rest of it is
 * there, so that Go would compile without a word.
 */
export function findUnbuilt(
  embeds: readonly EmbedUse[],
  folders: readonly string[],
  { contents, packages }: Project,
  files: readonly string[],
): Need[] {
  const made = folders.flatMap((folder) => {
    const scripts = packages.get(inFolder(folder, "package.json"))?.scripts ?? {}
    if (scripts["build"] === undefined) return []
    const configured = [...contents].filter(
      ([file]) => folderOf(file) === folder && configurations.test(file),
    )
    return [...configured.map(([, text]) => text), ...Object.values(scripts)].flatMap((text) =>
      pathsIn(text, folder),
    )
  })
  const needs = new Map<string, Need>()
  for (const { path: pattern, pattern: written, all, file, line } of embeds) {
    const isEmbedded = matchPatterns([pattern])
    for (const path of made) {
      const isThere = files.some((each) => isInside(each, path) && !placeholder.test(each))
      if (needs.has(path) || isThere || path === pattern || !isEmbedded(path)) continue
      const text = `//go:embed ${all ? "all:" : ""}${written}`
      const kind = "directory"
      needs.set(path, { path, kind, isShared: false, isEmbedded: true, text, file, line })
    }
  }
  return [...needs.values()]
}

/** `outdir: "server/ui/dist/"`, `vite build --outDir=../ui/dist`: what ends like a folder that is made. */
function pathsIn(text: string, folder: string): string[] {
  return [...text.matchAll(/[^\s"'`=,;()]+/g)].flatMap(({ 0: word, index }) => {
    if (word === "build" && !isValue(text, index)) return []
    const path = resolve(folder, word)
    return path !== undefined && madeFolder.test(path) ? [path] : []
  })
}

/** In quotes, or behind an option: in `vite build`, `import { build }` and `"build": {`, it is what is done. */
function isValue(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 100), index)
  const behind = text.slice(index + "build".length, index + 20)
  return /["'`=]$|(?:^|\s)--?[\w-]+\s+$/.test(before) && !/^["']\s*:/.test(behind)
}

/** Undefined where it leads out of the source. */
function resolve(folder: string, word: string): string | undefined {
  if (!/^[\w@./-]+$/.test(word) || word.startsWith("/")) return undefined
  const parts = folder === "" ? [] : folder.split("/")
  for (const part of word.split("/")) {
    if (part === "" || part === ".") continue
    if (part !== "..") parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join("/")
}
