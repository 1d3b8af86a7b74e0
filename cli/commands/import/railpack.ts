import { UserError } from "../../../src/errors.js"
import type { Options } from "../../../src/options.js"
import { object, parseToml } from "../../../src/settings/descriptor/toml.js"
import { foundOption, type FoundOption } from "./found.js"
import { importOptions, type System } from "./options.js"

/** https://railpack.com/config/file */
export function importRailpack(text: string, file: string): FoundOption[] {
  let document: Record<string, unknown>
  try {
    document = object(JSON.parse(text.replace(/^\uFEFF/, "")))
  } catch (error) {
    throw new UserError(`not JSON: ${(error as Error).message}`, { place: { file } })
  }
  return optionsOf("railpack", document, text, file)
}

/** https://nixpacks.com/docs/configuration/file */
export function importNixpacks(text: string, file: string): FoundOption[] {
  return optionsOf("nixpacks", parseToml(text, file), text, file)
}

function optionsOf(
  system: System,
  document: Record<string, unknown>,
  text: string,
  file: string,
): FoundOption[] {
  return leaves(
    document,
    importOptions[system].map(({ option }) => option),
  ).map(({ option, path, value }) => {
    const place = { file, line: lineOf(text, path), value: shown(value) }
    return foundOption(system, option, place, writesOf(`${system}:${option}`, value))
  })
}

interface Leaf {
  option: string
  path: string[]
  value: unknown
}

/** Of each key, the row that is the longest of those that it is in: `phases.build` is in `phases`. */
function leaves(document: Record<string, unknown>, known: readonly string[]): Leaf[] {
  const found: Leaf[] = []
  const walk = (value: unknown, path: string[]) => {
    const name = path.join(".")
    const isMore = known.some((each) => each.startsWith(`${name}.`))
    const children = Object.entries(object(value))
    if (isMore && children.length > 0) {
      for (const [key, each] of children) walk(each, [...path, key])
      return
    }
    const option = [...path.keys()]
      .map((index) => path.slice(0, path.length - index).join("."))
      .find((each) => known.includes(each))
    if (option !== undefined) found.push({ option, path, value })
  }
  for (const [key, value] of Object.entries(document)) walk(value, [key])
  return found
}

/** Where its last word stands, after those before it. */
export function lineOf(text: string, path: readonly string[]): number {
  let position = 0
  for (const word of path) {
    const quoted = text.indexOf(JSON.stringify(word), position)
    const next = quoted < 0 ? text.indexOf(word, position) : quoted
    if (next >= 0) position = next
  }
  return text.slice(0, position).split("\n").length
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value)
}

function writesOf(name: string, value: unknown): Options | undefined {
  const texts = Array.isArray(value) ? value.filter((each) => typeof each === "string") : []
  const names = texts.filter((each) => each !== "...")
  const variables = Object.entries(object(value)).flatMap(([key, each]) =>
    typeof each === "string" ? [`${key}=${each}`] : [],
  )
  switch (name) {
    case "railpack:packages.go":
      return { goVersion: typeof value === "string" ? value : undefined }
    case "railpack:buildAptPackages":
    case "nixpacks:phases.setup.aptPkgs":
      return { buildPackages: names }
    case "railpack:deploy.aptPackages":
      return { osPackages: names }
    case "railpack:deploy.variables":
    case "nixpacks:variables":
      return { environment: variables.filter((each) => !/^(?:CGO_ENABLED|GO\w+|PORT)=/.test(each)) }
    case "railpack:deploy.startCommand":
    case "nixpacks:start.cmd":
      return { command: startCommand(value) }
    default:
      return undefined
  }
}

/** There, the program is called out, whatever its name is. */
function startCommand(value: unknown): string | undefined {
  return typeof value !== "string" || /^(?:\.\/)?out\b/.test(value.trim())
    ? undefined
    : value.trim()
}
