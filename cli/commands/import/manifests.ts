import { posix } from "node:path"
import { UserError } from "../../../src/errors.js"
import type { Source } from "../../../src/detect/source.js"
import { foundOption, type FoundOption } from "./found.js"

/** A program of the image, or of one of several images. */
export interface ProgramPath {
  name: string
  installed: string
  /** By its name alone. */
  isOnPath: boolean
  /** Where programs start. */
  workingDirectory: string
}

const mostFiles = 500
const mostRows = 10

/** A `ko://IMPORTPATH`, which `ko resolve` and the like build. */
export interface KoReference {
  file: string
  line: number
  importPath: string
}

export interface Manifest {
  file: string
  text: string
}

/** The files of a project that may describe containers. */
export async function readManifests(source: Source, files: readonly string[]): Promise<Manifest[]> {
  const found: Manifest[] = []
  for (const file of files.filter(isManifest).slice(0, mostFiles)) {
    found.push({ file, text: (await readIfCan(source, file)) ?? "" })
  }
  return found
}

function isManifest(file: string): boolean {
  return /\.ya?ml$/.test(file) && !/(?:^|\/)(?:node_modules|vendor|testdata|\.[^/]+)\//.test(file)
}

/** What containers start by a path that this image has not: of Kubernetes, Helm, Compose. */
export function importManifests(
  manifests: readonly Manifest[],
  programs: readonly ProgramPath[],
): FoundOption[] {
  if (programs.length === 0) return []
  const found: FoundOption[] = []
  for (const { file, text } of manifests) {
    for (const { line, command } of commandsIn(text)) {
      const program = programs.find(({ name }) => posix.basename(command) === name)
      if (!program || startsHere(command, program)) continue
      const { name, installed, isOnPath } = program
      const row = foundOption("manifests", "command", { file, line, value: command })
      found.push({
        ...row,
        meaning: `the program is ${installed} here: write ${isOnPath ? name : installed}`,
      })
    }
  }
  return firstRows(found)
}

/** Lines with `ko://IMPORTPATH`, which no other tool understands. */
export function importKoReferences(manifests: readonly Manifest[]): FoundOption[] {
  const found = koReferences(manifests).map(({ file, line, importPath }) => {
    const row = foundOption("manifests", "ko://", { file, line, value: `ko://${importPath}` })
    const name = posix.basename(importPath)
    const meaning = `ko alone replaces it: write the name of the image that is pushed, such as REGISTRY/${name}:TAG (--tag, --push)`
    return { ...row, meaning }
  })
  return firstRows(found)
}

export function koReferences(manifests: readonly Manifest[]): KoReference[] {
  return manifests.flatMap(({ file, text }) =>
    text.split(/\r?\n/).flatMap((each, index) => {
      const [, importPath] = /^\s*#/.test(each) ? [] : (/\bko:\/\/([^\s"',}\]]+)/.exec(each) ?? [])
      return importPath === undefined ? [] : [{ file, line: index + 1, importPath }]
    }),
  )
}

function firstRows(found: readonly FoundOption[]): FoundOption[] {
  const more = found.length - mostRows
  return found.slice(0, mostRows).map((each, index) => ({
    ...each,
    ...(more > 0 &&
      index === mostRows - 1 && { meaning: `${each.meaning}; ${more} more lines like this` }),
  }))
}

/** One that is too large, or a link out of the source, is none of the project's own. */
export async function readIfCan(source: Source, file: string): Promise<string | undefined> {
  try {
    return (await source.read([file])).get(file)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** The path as it is written finds the program in this image. */
function startsHere(command: string, { name, installed, isOnPath, workingDirectory }: ProgramPath) {
  if (!command.includes("/")) return isOnPath || command !== name
  return posix.resolve(workingDirectory, command) === installed
}

/** First words of `command:` and `entrypoint:`, in brackets, on the next line, or alone. */
function commandsIn(text: string): { line: number; command: string }[] {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((each, index) => {
    const key = /^\s*(?:-\s+)?["']?(?:command|entrypoint)["']?\s*:(?:\s+(.*)|.*)$/.exec(each)
    if (!key) return []
    const own = (key[1] ?? "").replace(/\s+#.*$/, "").trim()
    const [line, value] =
      own === "" ? [index + 2, itemOf(lines[index + 1] ?? "")] : [index + 1, own]
    const [, command] = /^\[?\s*["']?([^\s"',\]]+)/.exec(value) ?? []
    return command === undefined ? [] : [{ line, command }]
  })
}

function itemOf(line: string): string {
  return /^\s*-\s+(.*)$/.exec(line)?.[1] ?? ""
}
