import { parse } from "toml"
import { checkPattern } from "../detect/patterns.js"
import { UserError } from "../errors.js"
import { settingNames, toKebabCase } from "./table.js"

/** A value of project.toml and the line that it stands on. */
export interface Located<T> {
  value: T
  line: number
}

/** The buildpacks' project descriptor. https://github.com/buildpacks/spec/blob/main/extensions/project-descriptor.md */
export interface ProjectDescriptor {
  /** Relative to the source's root. */
  file: string
  /** `[[io.buildpacks.build.env]]` (or, of the older schema, `[[build.env]]`), by name. */
  variables: ReadonlyMap<string, Located<string>>
  /** `[go-image]`: what has no such variable, keys as the command line's options are called. */
  table: ReadonlyMap<string, Located<unknown>>
  /** Patterns of `[io.buildpacks]`: all that is part of the source, or all that is not. */
  include?: string[]
  exclude?: string[]
}

export const emptyDescriptor: ProjectDescriptor = {
  file: "project.toml",
  variables: new Map(),
  table: new Map(),
}

export function parseProjectToml(text: string, file = "project.toml"): ProjectDescriptor {
  const document = parseToml(text, file)
  const lines = text.split("\n")
  const buildpacks = object(object(document["io"])["buildpacks"])
  const older = object(document["build"])
  const patterns = {
    include: stringList(buildpacks["include"] ?? older["include"], "include", lines, file),
    exclude: stringList(buildpacks["exclude"] ?? older["exclude"], "exclude", lines, file),
  }
  if (patterns.include && patterns.exclude) {
    throw new UserError("both include and exclude", {
      place: { file, line: lineOf(lines, "exclude") },
      hint: "The project descriptor allows one of the two.",
    })
  }
  return {
    file,
    ...patterns,
    variables: readVariables(object(buildpacks["build"])["env"] ?? older["env"], lines, file),
    table: readTable(document["go-image"], lines, file),
  }
}

function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    return object(parse(text))
  } catch (error) {
    const { message, line, column, location } = error as Error & {
      line?: number
      column?: number
      location?: { start: { line: number; column: number } }
    }
    const at = location?.start ?? { line: line ?? 1, column: column ?? 1 }
    // The parser lists every character that it would have taken.
    const found = /but (.+) found\.$/s.exec(message)?.[1]
    throw new UserError(
      found === undefined ? `not TOML: ${message}` : `not TOML: unexpected ${found}`,
      {
        place: { file, ...at, text: text.split("\n")[at.line - 1] },
        hint: "See https://toml.io for the syntax.",
      },
    )
  }
}

function readVariables(
  value: unknown,
  lines: readonly string[],
  file: string,
): Map<string, Located<string>> {
  const variables = new Map<string, Located<string>>()
  if (value === undefined) return variables
  const entries = Array.isArray(value) ? (value as unknown[]) : [undefined]
  for (const entry of entries) {
    const { name, value: text } = object(entry)
    if (typeof name !== "string" || typeof text !== "string") {
      throw new UserError("a build.env entry without a name and a value", {
        place: { file, line: lineOf(lines, typeof name === "string" ? name : "env") },
        hint: 'Expected [[io.buildpacks.build.env]] with name = "GO_VERSION" and value = "1.25", both in quotes.',
      })
    }
    variables.set(name, { value: text, line: lineOf(lines, name) })
  }
  return variables
}

function readTable(
  value: unknown,
  lines: readonly string[],
  file: string,
): Map<string, Located<unknown>> {
  const keys = settingNames.map(toKebabCase)
  const table = new Map<string, Located<unknown>>()
  for (const [key, each] of Object.entries(object(value))) {
    const line = lineOf(lines, key, "[go-image]")
    if (!keys.includes(key)) {
      const near = nearest(key, keys)
      throw new UserError(`unknown key ${JSON.stringify(key)} in [go-image]`, {
        place: { file, line },
        hint: near ? `Did you mean ${near}?` : `Known keys: ${keys.join(", ")}`,
      })
    }
    table.set(key, { value: each, line })
  }
  return table
}

function stringList(
  value: unknown,
  key: string,
  lines: readonly string[],
  file: string,
): string[] | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) {
    for (const pattern of value) checkPattern(pattern, `${file}:${lineOf(lines, key)}`)
    return value
  }
  throw new UserError(`${key} has the wrong type`, {
    place: { file, line: lineOf(lines, key) },
    hint: `Expected a list of patterns, e.g. ${key} = ["docs/**"]`,
  })
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** The parser gives values without places: the first line that has the word, below the table's heading. */
function lineOf(lines: readonly string[], word: string, heading?: string): number {
  const start =
    heading === undefined ? 0 : lines.findIndex((line) => line.trim().startsWith(heading))
  const index = lines.findIndex(
    (line, i) => i >= start && line.replace(/^\s*#.*/, "").includes(word),
  )
  return Math.max(index, 0) + 1
}

/** The known key that takes the fewest edits, where that is few enough to be what was meant. */
function nearest(key: string, known: readonly string[]): string | undefined {
  const simple = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "")
  const ranked = known
    .map((each) => ({ each, distance: editDistance(simple(key), simple(each)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(1, key.length / 3) ? best.each : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
