import { listSome } from "../../list.js"
import { parseGoImports } from "../code/go-imports.js"
import type { ImportGraph } from "../code/import-graph.js"
import { embedText, type Need, type Missing } from "./missing-files.js"
import { folderOf, inFolder, type Module } from "../modules/modules.js"
import { oncePer, setOf } from "../once.js"
import type { Source } from "../source.js"
import { describeHidden } from "../assets/hidden.js"
import type { Hidden } from "../assets/hidden.js"

interface Project {
  files: readonly string[]
  modules: readonly Module[]
  graph: ImportGraph
}

/** What programs import or embed that is not there: most often, what a generator makes and nobody committed. */
export async function findMissing(
  source: Source,
  { files, modules, graph }: Project,
  /** What no front end makes, and the folders of those that there are. */
  embeds: { missing: readonly Need[]; candidates: readonly string[] },
  hidden: Hidden,
): Promise<Missing[]> {
  const missing = new Set(embeds.missing.map(({ file, line, text }) => `${file}:${line}: ${text}`))
  const excluded = graph.embeds
    .filter((each) => missing.has(`${each.file}:${each.line}: ${embedText(each)}`))
    .flatMap((embed) => describeHidden(embed, hidden) ?? [])
  // Nothing has to be made.
  if (excluded.length > 0) return excluded
  const found = [
    ...embeds.missing.map(({ text, path, file, line }) => ({
      message: `${text}: ${path || "."} does not exist`,
      file,
      line,
      hint: frontendHint(path, embeds.candidates),
    })),
    ...(await packagesWithoutFiles(source, graph, modules)),
    ...templatesWithoutCode(graph, files),
  ]
  if (found.length === 0) return []
  const generators = await generatorsFor(source, modules)
  return found.map(({ hint = "", ...each }) => ({
    ...each,
    hint: [hint, generatorHint(each.file, generators, hint === "")].filter(Boolean).join("\n"),
  }))
}

function frontendHint(path: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return ""
  const [first = ""] = candidates
  const folder = first || "."
  return `If a front end writes it (${listSome(candidates.map((each) => each || "."))}), name it and its output: --frontend ${folder} --frontend output=${inFolder(first, "dist")}`
}

interface Incomplete {
  message: string
  file: string
  line: number
  hint?: string
}

/** What a module that is required may have, is not missing; neither is what only looks like an import. */
async function packagesWithoutFiles(
  source: Source,
  { withoutFiles }: ImportGraph,
  modules: readonly Module[],
): Promise<Incomplete[]> {
  const required = modules.flatMap(({ goMod }) => goMod.requires.map(({ path }) => path))
  const own = withoutFiles.filter(
    ({ path }) => !required.some((module) => path === module || path.startsWith(`${module}/`)),
  )
  if (own.length === 0) return []
  const texts = await source.read([...new Set(own.map(({ file }) => file))])
  const seen = new Set<string>()
  return own.flatMap(({ file, path }): Incomplete[] => {
    const text = texts.get(file) ?? ""
    if (seen.has(path) || !parseGoImports(text).paths.includes(path)) return []
    seen.add(path)
    const line = text.split("\n").findIndex((each) => each.includes(`"${path}"`)) + 1
    return [{ message: `imports ${path}, which has no Go files`, file, line: Math.max(line, 1) }]
  })
}

/** https://templ.guide: each page.templ has a page_templ.go beside it. */
function templatesWithoutCode(graph: ImportGraph, files: readonly string[]): Incomplete[] {
  if (!graph.files) return []
  const all = templates(files)
  if (all.length === 0) return []
  const folders = new Set([...graph.files].map(folderOf))
  const here = setOf(files)
  return all
    .filter((file) => folders.has(folderOf(file)))
    .filter((file) => !here.has(file.replace(/\.templ$/, "_templ.go")))
    .slice(0, 1)
    .map((file) => ({
      message: `${file.replace(/^.*\//, "").replace(/\.templ$/, "_templ.go")} does not exist; \`templ generate\` writes it`,
      file,
      line: 1,
    }))
}

const templates = oncePer((files: readonly string[]) =>
  files.filter((file) => file.endsWith(".templ")),
)

interface Generator {
  file: string
  line: number
  command: string
}

async function generatorsFor(source: Source, modules: readonly Module[]): Promise<Generator[]> {
  const lines = await source.search("^//go:generate\\s+\\S")
  const vendored = modules.map(({ folder }) => inFolder(folder, "vendor/"))
  return lines
    .filter(({ path }) => !vendored.some((folder) => path.startsWith(folder)))
    .map(({ path, line, text }) => ({
      file: path,
      line,
      command: text.replace(/^\/\/go:generate\s+/, "").trim(),
    }))
}

/** Those beside the file first. */
function generatorHint(file: string, generators: readonly Generator[], isOnly: boolean): string {
  const near = (each: Generator) => (folderOf(each.file) === folderOf(file) ? 0 : 1)
  const sorted = generators.toSorted((a, b) => near(a) - near(b)).slice(0, 3)
  if (sorted.length === 0) {
    return isOnly
      ? "Add the files, or write them before the build in the hook bin/go-pre-compile."
      : ""
  }
  const listed = sorted.map(
    ({ file, line, command }) => `  ${file}:${line}: //go:generate ${command}`,
  )
  return [
    "These lines may write it. Run `go generate ./...` in the hook bin/go-pre-compile, or commit their output:",
    ...listed,
  ].join("\n")
}
