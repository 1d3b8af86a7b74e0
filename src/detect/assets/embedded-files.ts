import type { EmbedUse, ImportGraph } from "../code/import-graph.js"
import { folderOf, isInside, startOf } from "../modules/modules.js"
import { matchPatterns } from "../../patterns/patterns.js"
import type { ProgramDockerfile } from "../dockerfile/of-programs.js"
import type { Settings } from "../../settings/resolve.js"
import type { Source } from "../source.js"

/*
 * What a program has in it by //go:embed, it needs no second time beside it. Unless it also reads it from there, as many do while
 * they are developed: then the code names a path as it is seen from the working directory.
 */

/** Functions that read files by their names, of Go's library and of what serves them. */
const reading = String.raw`\b(?:os\.(?:Open\w*|ReadFile|ReadDir|DirFS|L?Stat)|ioutil\.\w+|filepath\.\w+|http\.(?:Dir|ServeFile))\(|\b(?:ParseFiles|ParseGlob|LoadHTML\w*|Static|StaticFile|SendFile|ServeStatic)\(`
/** What no file of an embed.FS begins with. */
const ofDisk = String.raw`["\x60](?:\.{1,2}/|file://)`
const readsFiles = new RegExp(reading)

interface Input {
  graph: Pick<ImportGraph, "embeds" | "files">
  files: readonly string[]
  assetRoot: string
  /** What else can name files: commands, values of variables. */
  texts: readonly string[]
}

/** Files that are in the programs, and that nothing says are read from the image, too. */
export async function findEmbeddedFiles(
  source: Source,
  { graph, files, assetRoot, texts }: Input,
): Promise<ReadonlySet<string>> {
  const { embeds } = graph
  if (embeds.length === 0) return new Set()
  const start = startOf(assetRoot)
  const isEmbedded = embeddedMatcher(embeds, start)
  const embedded = files.filter(
    (file) => file.startsWith(start) && !file.endsWith(".go") && isEmbedded(file),
  )
  if (embedded.length === 0) return new Set()
  const inTexts = texts
    .flatMap(wordsOf)
    .map((path) => (path.startsWith(start) ? path.slice(start.length) : path))
  const named = [...(await namedInCode(source, graph, start)), ...inTexts]
  const isRead = (file: string) => named.some((path) => isInside(file, path))
  return new Set(embedded.filter((file) => !isRead(file.slice(start.length))))
}

/** Those whose names begin with a dot or an underscore are embedded by `all:`, or by their names. */
function embeddedMatcher(embeds: readonly EmbedUse[], start: string): (file: string) => boolean {
  const ofAll = matchPatterns(embeds.filter(({ all }) => all).map(({ path }) => path))
  const ofOthers = matchPatterns(embeds.filter(({ all }) => !all).map(({ path }) => path))
  const named = new Set(embeds.map(({ path }) => path))
  const isHidden = (file: string) =>
    file
      .slice(start.length)
      .split("/")
      .some((part) => /^[._]/.test(part))
  return (file) => ofAll(file) || named.has(file) || (ofOthers(file) && !isHidden(file))
}

/** Paths as they are seen from the working directory. */
async function namedInCode(
  source: Source,
  { embeds, files }: Input["graph"],
  start: string,
): Promise<string[]> {
  // Of a package that is not at the root, they are others than in its embed.FS.
  const folders = new Set(
    embeds.map(({ file }) => folderOf(file).slice(start.length)).filter(Boolean),
  )
  const own = [...folders].map((folder) => `${folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}/`)
  const pattern = [reading, ofDisk, ...(own.length > 0 ? [`["\\x60](?:${own.join("|")})`] : [])]
  const lines = await source.search(pattern.join("|"), files && [...files].filter(isGoFile))
  return lines
    .filter(({ path, text }) => (files?.has(path) ?? true) && isCode(path, text))
    .flatMap(({ text }) => {
      const isReading = readsFiles.test(text)
      return [...text.matchAll(/"([^"\\]*)"|`([^`]*)`/g)]
        .map(([, quoted, raw]) => quoted ?? raw ?? "")
        .filter(
          (path) => isReading || /^(?:\.{1,2}\/|file:\/\/)/.test(path) || isBelow(path, folders),
        )
        .flatMap(pathOf)
    })
}

function isGoFile(file: string): boolean {
  return file.endsWith(".go")
}

function isCode(path: string, text: string): boolean {
  return !path.endsWith("_test.go") && !/^\s*\/\//.test(text)
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  return [...folders].some((folder) => path.startsWith(`${folder}/`))
}

/** The folder of a pattern; empty for all of the working directory. */
function pathOf(text: string): string[] {
  const plain = text.replace(/^file:\/\//, "").replace(/\/?[^/]*[*?[].*$/, "")
  if (plain.startsWith("/") || plain.startsWith("..")) return []
  const path = plain.replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "")
  if (path === "." || (path === "" && /^\.\/?/.test(text))) return [""]
  return path === "" ? [] : [path]
}

/** `-dir=./web/static` names a path. */
function wordsOf(text: string): string[] {
  return text
    .split(/[\s=,:'"]+/)
    .filter(Boolean)
    .flatMap((word) => (/[/.]/.test(word) ? pathOf(word) : [word]))
}

/** Of a build: what it starts, what that sees, and what the project's own Dockerfile copies. */
export function textsThatNameFiles(
  procfile: string | undefined,
  dockerfile: ProgramDockerfile | undefined,
  { command, environment, entryArguments, defaultArguments }: Settings,
): string[] {
  const { placed, entry, run } = dockerfile ?? {}
  return [
    procfile ?? "",
    command?.value ?? "",
    ...(environment?.value ?? []),
    ...(entryArguments?.value ?? []),
    ...(defaultArguments?.value ?? []),
    ...(placed?.ofSource ?? []).map(({ from }) => from),
    ...(entry?.value ?? []),
    ...(run ? [...run.entryArguments, ...run.defaultArguments] : []),
  ]
}
