import { FileIndex } from "../file-index.js"
import type { EmbedUse } from "../code/import-graph.js"
import { inFolder } from "../modules/modules.js"
import { upwards } from "./node-version.js"
import { oncePer } from "../once.js"
import { findMissingEmbeds, lackingPart, type Need } from "../packages/missing-files.js"
import type { Line, Source } from "../source.js"

/** Folders that have a package.json of the project's own. */
export const packageFolders: (files: readonly string[]) => readonly string[] = oncePer((files) =>
  files
    .filter((file) => /(?:^|\/)package\.json$/.test(file))
    .filter((file) => !/(?:^|\/)(?:node_modules|vendor|testdata|bower_components)\//.test(file))
    .map((file) => file.slice(0, Math.max(file.lastIndexOf("/"), 0))),
)

/** A string of Go that is a path of the project. */
export interface PathUse {
  /** Relative to the source's root. */
  path: string
  text: string
  file: string
  line: number
}

/** Strings that may be a path: `web/dist`, `./public/index.html`, `/app/ui`. Read by both engines' searches. */
const candidate = '["`](?:\\.?/)?[\\w@.-]+(?:/[^"`\\s]*)?["`]'
const literal = /["`](\.?\/)?([\w@.-]+(?:\/[^"`\s]*)?)["`]/g

/**
 * What of the Go files may be a path into one of the folders, or to what front ends usually make.
 *
 * @param root What the program's own paths are relative to.
 */
export async function findPathUses(
  source: Source,
  goFiles: ReadonlySet<string> | undefined,
  folders: readonly string[],
  root: string,
): Promise<PathUse[]> {
  const only = goFiles && [...goFiles].filter((file) => file.endsWith(".go"))
  const lines = await source.search(candidate, only)
  const tops = new Set(folders.filter((folder) => folder !== ""))
  return lines
    .filter(({ path }) => !path.endsWith("_test.go") && (!goFiles || goFiles.has(path)))
    .flatMap((line) => pathsOf(line, root))
    .filter(({ path, text }) => upwards(path).some((each) => tops.has(each)) || isMade(path, text))
}

function pathsOf({ path: file, line, text }: Line, root: string): PathUse[] {
  if (/^\s*(?:\/\/|import\b)/.test(text)) return []
  return [...text.matchAll(literal)].flatMap((found) => {
    const [whole, start = "", rest = ""] = found
    // The end of a longer string, such as of a route: `webroot + "dist/"`.
    if (/\+\s*$/.test(text.slice(0, found.index))) return []
    const opensFiles = /Dir\(|DirFS\(|Static|ServeFile|Open\(/.test(text)
    // A word alone may be anything, and what starts with a slash is mostly a route.
    if (start === "/" && !rest.startsWith("app/")) return []
    if (start === "" && !rest.includes("/") && !opensFiles) return []
    const path = rest.replace(start === "/" ? /^app\/?/ : /^(?:\.\/)+/, "").replace(/\/+$/, "")
    return path === "" || path.split("/").includes("..")
      ? []
      : [{ path: inFolder(root, path), text: whole, file, line }]
  })
}

/** What front ends usually make, by its name. */
export const madeFolder = /(?:^|\/)(?:dist|build|out|public)$/

const made = /(?:^|\/)(?:dist|build|out|public)(?:\/|$)/

function isMade(path: string, text: string): boolean {
  return made.test(path) && !/\.go["`]$/.test(text)
}

/** What programs embed or open, that is not there. */
export function findNeeds(
  embeds: readonly EmbedUse[],
  uses: readonly PathUse[],
  files: readonly string[],
): Need[] {
  const needs = findMissingEmbeds(embeds, files)
  const index = FileIndex.of(files)
  for (const { path, text, file, line } of uses) {
    if (!made.test(path)) continue
    const part = lackingPart(path.replace(/[*?[\]\\]/g, "\\$&"), index)
    // The folder that is made itself lacks, not something in it.
    if (part.isShared || !madeFolder.test(part.path)) continue
    needs.push({ ...part, isEmbedded: false, text, file, line })
  }
  const seen = new Set<string>()
  return needs.filter(({ path }) => !seen.has(path) && seen.add(path))
}
