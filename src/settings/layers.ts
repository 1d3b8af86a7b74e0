import { fromOtherVariables } from "./other-variables.js"
import { formatPlace, UserError, type Place } from "../errors.js"
import type { Options } from "../options.js"
import { parsePorts } from "./ports.js"
import type { Kind, SettingSpec } from "./table/spec.js"
import { settingTable, toKebabCase, type SettingName } from "./table/table.js"
import type { Setting } from "./setting.js"
import { linkerPair } from "./linker-value.js"
import type { ProjectDescriptor } from "./descriptor/descriptor.js"

export type Layer = (name: SettingName) => Setting<unknown> | undefined

export function optionsLayer(options: Options): Layer {
  return (name) => {
    const value = options[name]
    // A list that is empty says nothing: it is what a Dagger argument is when it was not given.
    const isGiven = value !== undefined && !(Array.isArray(value) && value.length === 0)
    if (!isGiven) return undefined
    // As it is typed, on the command line and for `dagger call`.
    const from = `--${toKebabCase(name)}`
    return { value: name === "port" ? parsePorts(value as string[], from) : value, from }
  }
}

/** `RUNTIME` for runtime, `GO_VERSION` for goVersion. */
export function toBuildArgument(name: SettingName): string {
  return toKebabCase(name).replaceAll("-", "_").toUpperCase()
}

export function argumentsLayer(given: Readonly<Record<string, string>>): Layer {
  const place = (name: string) => `build argument ${name}`
  const variables = variablesLayer((name) => given[name], place)
  return (name) => {
    const own = toBuildArgument(name)
    const text = given[own]
    if (!text?.trim()) return variables(name)
    return { value: fromText(settingTable[name].kind, text, place(own)), from: place(own) }
  }
}

export function tableLayer(table: ProjectDescriptor["table"], file: string): Layer {
  return (name) => {
    const found = table.get(toKebabCase(name))
    if (!found) return undefined
    const place = { file, line: found.line }
    const value = fromToml(settingTable[name].kind, found.value, name, place)
    return { value, from: formatPlace(place) }
  }
}

/** Variables of the page, in the shell or in `[[io.buildpacks.build.env]]`; empty ones say nothing. */
export function variablesLayer(
  get: (name: string) => string | undefined,
  place: (name: string) => string,
  isProject = false,
): Layer {
  return (name) => ownVariable(name, get, place) ?? fromOtherVariables(name, get, place, isProject)
}

function ownVariable(
  name: SettingName,
  get: (name: string) => string | undefined,
  place: (name: string) => string,
): Setting<unknown> | undefined {
  if (name === "linkerValues") return linkerValueOf(get, place)
  if (name === "runtime") {
    const dhi = get("USE_DHI")
    return dhi && parseFlag(dhi, place("USE_DHI"))
      ? { value: "dhi", from: place("USE_DHI") }
      : undefined
  }
  const spec = settingTable[name]
  const variable = "variable" in spec ? spec.variable : undefined
  const text = variable && get(variable)
  if (!variable || !text?.trim()) return undefined
  return { value: fromText(spec.kind, text, place(variable)), from: place(variable) }
}

function linkerValueOf(
  get: (name: string) => string | undefined,
  place: (name: string) => string,
): Setting<string[]> | undefined {
  const symbol = get("GO_LINKER_SYMBOL")
  const value = get("GO_LINKER_VALUE")
  if (symbol) return { value: [linkerPair(symbol, value)], from: place("GO_LINKER_SYMBOL") }
  if (!value) return undefined
  throw new UserError(`GO_LINKER_VALUE without GO_LINKER_SYMBOL (${place("GO_LINKER_VALUE")})`, {
    hint: "GO_LINKER_SYMBOL says which string variable it is for, such as main.version.",
  })
}

function fromText(kind: Kind, text: string, from: string): unknown {
  switch (kind) {
    case "text":
      return text.trim()
    case "list":
      return text.trim().split(/\s+/)
    case "flag":
      return parseFlag(text, from)
    case "ports":
      return parsePorts([text], from)
  }
}

function fromToml(kind: Kind, value: unknown, name: string, place: Place): unknown {
  const isList = Array.isArray(value) && value.every((each) => typeof each === "string")
  switch (kind) {
    case "text":
      if (typeof value === "string" && value.trim()) return value.trim()
      break
    case "list":
      if (isList) return value
      break
    case "flag":
      if (typeof value === "boolean") return value
      break
    case "ports": {
      const all = Array.isArray(value) ? (value as unknown[]) : [value]
      const isText = all.every((each) => typeof each === "number" || typeof each === "string")
      if (isText && all.length > 0) return parsePorts(all.map(String), formatPlace(place))
      break
    }
  }
  const expected = {
    text: '"text"',
    list: '["text", "text"]',
    flag: "true or false",
    ports: 'a number, or ["8080", "53/udp"]',
  }
  const key = toKebabCase(name)
  const { example: one, several }: SettingSpec = settingTable[name as SettingName]
  const more =
    several === undefined ? "" : `; several have commas in between: ${key} = "${several}"`
  throw new UserError(`${key} has the wrong type: ${JSON.stringify(value)}`, {
    place,
    hint: `Expected ${expected[kind]}, e.g. ${key} = ${example(kind, one)}${more}`,
  })
}

function example(kind: Kind, text: string): string {
  if (kind === "list") return JSON.stringify([text])
  return kind === "text" ? JSON.stringify(text) : text
}

function parseFlag(text: string, from: string): boolean {
  if (/^(?:true|1|yes|on)$/i.test(text.trim())) return true
  if (/^(?:false|0|no|off)$/i.test(text.trim())) return false
  throw new UserError(`not true or false: ${JSON.stringify(text)} (${from})`, {
    hint: "Write true or false.",
  })
}
