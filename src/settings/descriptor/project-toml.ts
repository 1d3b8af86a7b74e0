import { checkPattern } from "../../patterns/patterns.js"
import { UserError, type Place } from "../../errors.js"
import { settingNames, toKebabCase } from "../table/table.js"
import { allTargets, targetName } from "../targets.js"
import { nearest } from "./nearest.js"
import { object, parseToml } from "./toml.js"
import { isExpression } from "../../license-expression.js"
import type { ProjectDescriptor, Located } from "./descriptor.js"

const ownTable = "[go-image]"

export function parseProjectToml(text: string, file = "project.toml"): ProjectDescriptor {
  const document = parseToml(text, file)
  // Without comments, which are not looked into for a place.
  const lines = text.split("\n").map((line) => line.replace(/^\s*#.*/, ""))
  checkOthers(document, "the file", ["go-image"], lines, file)
  const buildpacks = object(object(document["io"])["buildpacks"])
  const older = object(document["build"])
  checkOthers(buildpacks, "[io.buildpacks]", ["include", "exclude"], lines, file)
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
    table: readTable(withoutTargets(document["go-image"]), {
      lines,
      file,
      name: ownTable,
      start: /^\s*\[\s*go-image\s*\]/,
    }),
    about: readAbout(object(document["_"] ?? document["project"]), lines, file),
    targets: readTargets(object(document["go-image"])["targets"], lines, file),
  }
}

/** Tables of other tools may be there, too: a key that is none of ours is refused only where one of ours is meant. */
function checkOthers(
  table: Record<string, unknown>,
  name: string,
  ours: readonly string[],
  lines: readonly string[],
  file: string,
): void {
  for (const key of Object.keys(table)) {
    if (ours.includes(key) || nearest(key, ours) === undefined) continue
    throw unknownKey(key, name, { file, line: lineOf(lines, key) }, ours)
  }
}

function unknownKey(key: string, table: string, place: Place, known: readonly string[]): UserError {
  const near = nearest(key, known)
  return new UserError(`unknown key ${JSON.stringify(key)} in ${table}`, {
    place,
    hint: near ? `Did you mean ${near}?` : `Known keys: ${known.join(", ")}`,
  })
}

/** Of each, the place is looked for in the file. */
const mostEntries = 1000

function readEntries(value: unknown, name: string, file: string): unknown[] {
  if (!Array.isArray(value)) return [undefined]
  if (value.length > mostEntries) {
    throw new UserError(`${file}: ${value.length} entries of [[${name}]]`, {
      hint: `${mostEntries} is the limit.`,
    })
  }
  return value as unknown[]
}

function readVariables(
  value: unknown,
  lines: readonly string[],
  file: string,
): Map<string, Located<string>> {
  const variables = new Map<string, Located<string>>()
  if (value === undefined) return variables
  const entries = readEntries(value, "io.buildpacks.build.env", file)
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

/** Of its keys, those that an image's labels have names for. */
function readAbout(
  table: Record<string, unknown>,
  lines: readonly string[],
  file: string,
): ProjectDescriptor["about"] {
  const found = (key: string, value: string | undefined) =>
    value ? { value, file, line: lineOf(lines, key) } : undefined
  const text = (key: string) => (typeof table[key] === "string" ? table[key].trim() : undefined)
  const list = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])
  const licenses = list(table["licenses"])
    .map((each) => object(each)["type"])
    .filter((each) => typeof each === "string")
  const authors = list(table["authors"]).filter((each) => typeof each === "string")
  return {
    title: found("name", text("name")),
    licenses: found("licenses", licenses.every(isExpression) ? licenses.join(" OR ") : undefined),
    authors: found("authors", authors.join(", ")),
    documentation: found("documentation-url", text("documentation-url")),
    source: found("source-url", text("source-url")),
  }
}

function withoutTargets(table: unknown): unknown {
  return Object.fromEntries(Object.entries(object(table)).filter(([key]) => key !== "targets"))
}

function readTargets(value: unknown, lines: readonly string[], file: string) {
  const targets = new Map<string, Map<string, Located<unknown>>>()
  if (value === undefined) return targets
  const entries = readEntries(value, "go-image.targets", file)
  for (const entry of entries) {
    const { name, ...settings } = object(entry)
    const start = typeof name === "string" ? nameLine(name) : /go-image\.targets/
    const place = {
      file,
      line:
        Math.max(
          lines.findIndex((line) => start.test(line)),
          0,
        ) + 1,
    }
    if (typeof name !== "string" || !targetName.test(name)) {
      const found =
        name === undefined
          ? "a target without a name"
          : `invalid name of a target: ${JSON.stringify(name)}`
      throw new UserError(found, {
        place,
        hint: 'Expected [[go-image.targets]] with name = "api": lower-case letters, digits and . _ - in it.',
      })
    }
    if (targets.has(name) || name === allTargets) {
      const found =
        name === allTargets ? `a target cannot be called ${name}` : `a second target ${name}`
      throw new UserError(found, { place, hint: "Choose another name." })
    }
    targets.set(name, readTable(settings, { lines, file, name: `target ${name}`, start }))
  }
  return targets
}

/** `name = "api"` */
function nameLine(name: string): RegExp {
  return new RegExp(`^\\s*name\\s*=\\s*["']${name.replace(/\W/g, "\\$&")}["']`)
}

interface TableText {
  lines: readonly string[]
  file: string
  /** For messages. */
  name: string
  /** The line that the table begins with. */
  start: RegExp
}

function readTable(
  value: unknown,
  { lines, file, name, start }: TableText,
): Map<string, Located<unknown>> {
  const keys = settingNames.map(toKebabCase)
  const isTarget = name !== ownTable
  const table = new Map<string, Located<unknown>>()
  for (const [key, each] of Object.entries(object(value))) {
    const line = lineOf(lines, key, start)
    if (!keys.includes(key)) {
      throw unknownKey(key, name, { file, line }, isTarget ? keys : [...keys, "targets"])
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

/** The parser gives values without places: the first line from the start of its table on that has the word as a key, or at all. */
function lineOf(lines: readonly string[], word: string, start?: RegExp): number {
  const from = Math.max(start ? lines.findIndex((line) => start.test(line)) : 0, 0)
  const literal = word.replace(/\W/g, "\\$&")
  const asKey = new RegExp(`(?:^|[\\s{,."'])${literal}["']?\\s*=`)
  const asWord = new RegExp(`(?<![\\w-])${literal}(?![\\w-])`)
  const found = [asKey, asWord]
    .map((pattern) => lines.findIndex((line, i) => i >= from && pattern.test(line)))
    .find((index) => index >= 0)
  return (found ?? from) + 1
}
