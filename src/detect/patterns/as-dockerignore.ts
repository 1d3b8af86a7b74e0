import { folderOf, inFolder, startOf } from "../modules/modules.js"
import { fromRoot, isPattern, literalPattern, matchPatterns } from "../../patterns/patterns.js"
import type { Above, Source } from "../source.js"
import { parseLine, readGitignores } from "./gitignore.js"
import { isIgnoreFile, readDockerignore } from "./ignore-files.js"

/** What a project's ignore files say, as patterns of a .dockerignore at the root of the source. */
export interface IgnorePatterns {
  docker: string[]
  git: string[]
}

export async function readIgnorePatterns(
  source: Pick<Source, "survey" | "read" | "above">,
  assetRoot: string,
): Promise<IgnorePatterns> {
  const { files, links = [] } = await source.survey()
  const isLink = new Set(links)
  const contents = await source.read(
    files.filter((file) => isIgnoreFile(file) && !isLink.has(file)),
  )
  return ignorePatterns(contents, assetRoot, await source.above?.())
}

/**
 * For a Dockerfile that is kept: it also leaves out what is not there yet. The patterns of Git say a little less than it
 * does: what only it can say (a class such as `[[:digit:]]`) is skipped, and a folder's pattern is also a file's.
 */
export function ignorePatterns(
  contents: ReadonlyMap<string, string>,
  assetRoot: string,
  above: Above | undefined,
): IgnorePatterns {
  const docker = [...new Set(["", assetRoot])].flatMap((folder) => {
    const file = inFolder(folder, ".dockerignore")
    return readDockerignore(contents.get(file) ?? "", file, []).map((pattern) =>
      folder === "" ? pattern : moved(pattern, startOf(folder)),
    )
  })
  return { docker, git: ofGit(contents, above) }
}

function ofGit(contents: ReadonlyMap<string, string>, above: Above | undefined): string[] {
  const start = startOf(above?.folder ?? "")
  const own = [...contents].filter(([path]) => path.endsWith(".gitignore") && isIgnoreFile(path))
  const all = new Map([...(above?.gitignores ?? [])])
  for (const [path, text] of own) all.set(start + path, text)
  const ignoring = readGitignores(all)
  // A tool's folder, such as .venv, ignores itself: a clone does not have it.
  const isOfTool = (path: string) => folderOf(path) !== "" && ignoring(path) !== undefined
  // A folder that is ignored itself is built without the files above it, as `readIgnoreFiles` has it.
  const isIgnored = start !== "" && ignoring(start) !== undefined
  return [...all]
    .filter(([path]) => !isIgnored || path.startsWith(start))
    .filter(([path]) => isIgnored || !isOfTool(path))
    .sort(([one], [other]) => (folderOf(one) < folderOf(other) ? -1 : 1))
    .flatMap(([path, text]) => ofFile(text, folderOf(path), ignoring))
    .flatMap((pattern) => relativeTo(above?.folder ?? "", pattern) ?? [])
}

/** The lines of a .gitignore in a folder, from the work tree's root. */
function ofFile(
  text: string,
  folder: string,
  ignoring: (path: string) => string | undefined,
): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line) => {
      const rule = parseLine(line.replace(/\r$/, ""))
      const body = rule && asDocker(rule.text, rule.names)
      if (!rule || body === undefined) return []
      const pattern = startOf(folder) + (rule.names ? `**/${body}` : body)
      const escaped =
        startOf(folder) === ""
          ? pattern
          : startOf(literalPattern(folder)) + pattern.slice(startOf(folder).length)
      if (!isPattern(escaped)) return []
      if (!rule.negated) return escaped
      // `!*/` lets Git look into folders; to Docker, it is all that is in them.
      if (rule.folders && /(?:^|\/)\*+$/.test(body)) return []
      return takesBack(pattern, ignoring) ? `!${escaped}` : []
    })
}

/** Git takes nothing back of a folder that is ignored. */
function takesBack(pattern: string, ignoring: (path: string) => string | undefined): boolean {
  const parts = pattern.split("/").slice(0, -1)
  const wild = parts.findIndex((part) => /[*?[\\]/.test(part))
  const folder = parts.slice(0, wild < 0 ? parts.length : wild).join("/")
  return folder === "" || ignoring(`${folder}/`) === undefined
}

/** Undefined for what Docker's patterns cannot say. */
function asDocker(text: string, names: boolean): string | undefined {
  if (text.includes("[:")) return undefined
  return text
    .split("/")
    .map((part) => (!names && part === "**" ? part : part.replace(/\*+/g, "*")))
    .join("/")
    .replace(/\[!/g, "[^")
    .replace(/\\ /g, "?")
}

function moved(pattern: string, start: string): string {
  const [exception, rest] = halves(pattern)
  return exception + literalPattern(start) + rest
}

function halves(pattern: string): [exception: string, rest: string] {
  return pattern.startsWith("!") ? ["!", pattern.slice(1)] : ["", pattern]
}

/** A pattern as one of a folder further down; undefined where it says nothing of what is below that. */
export function relativeTo(folder: string, pattern: string): string | undefined {
  const [exception, rest] = halves(pattern)
  let parts = rest.split("/")
  for (const name of folder.split("/").filter(Boolean)) {
    const [first = ""] = parts
    if (first === "**") break
    if (!matchPatterns([fromRoot(first)])(name)) return undefined
    parts = parts.slice(1)
    // All of the folder: it is built all the same.
    if (parts.length === 0) return undefined
  }
  return exception + parts.join("/")
}
