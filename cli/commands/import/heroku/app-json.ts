import { isOfProject } from "../../../../src/settings/build-environment.js"
import { object } from "../../../../src/settings/descriptor/toml.js"
import { UserError } from "../../../../src/errors.js"
import type { Options } from "../../../../src/options.js"
import { linkerPair } from "../../../../src/settings/linker-value.js"
import { foundOption, type FoundOption } from "../found.js"
import { lineOf } from "../railpack.js"

/** https://devcenter.heroku.com/articles/app-json-schema */
export function importAppJson(text: string, file: string): FoundOption[] {
  let document: Record<string, unknown>
  try {
    document = object(JSON.parse(text.replace(/^\uFEFF/, "")))
  } catch (error) {
    throw new UserError(`not JSON: ${(error as Error).message}`, { place: { file } })
  }
  const found = (option: string, path: string[], value: unknown, writes?: Options) => {
    const shown = typeof value === "string" ? value : JSON.stringify(value)
    return foundOption("heroku", option, { file, line: lineOf(text, path), value: shown }, writes)
  }
  const others = Object.keys(document).filter((key) => !told.has(key))
  return Object.entries(document).flatMap(([key, value]): FoundOption[] => {
    switch (key) {
      case "env":
        return Object.entries(object(value)).map(([name, each]) => {
          const { option, shown, writes } = variableOf(name, each, object(value))
          return found(option, [key, name], shown, writes)
        })
      case "buildpacks":
        return list(value).map((each) => {
          const { url: given } = object(each)
          const url = typeof given === "string" ? given : ""
          return found(buildpackOf(url), [key, url], url)
        })
      case "formation":
      case "scripts":
      case "addons":
      case "environments":
      case "stack":
      case "image":
        return [found(`app.json ${key}`, [key], value)]
      default:
        return key === others[0] ? [found("app.json others", [key], others.join(", "))] : []
    }
  })
}

const told = new Set("env buildpacks formation scripts addons environments stack image".split(" "))

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function buildpackOf(url: string): string {
  if (/(?:^|\/)(?:heroku\/go|heroku-buildpack-go)(?:[.#]|$)/.test(url))
    return "app.json buildpacks heroku/go"
  return /nodejs/.test(url) ? "app.json buildpacks heroku/nodejs" : "app.json buildpacks"
}

interface VariableRow {
  option: string
  shown: string
  writes?: Options
}

/** A value as it is, or as one of `{ value, required, generator, description }`. */
function variableOf(
  name: string,
  given: unknown,
  all: Readonly<Record<string, unknown>>,
): VariableRow {
  const value = valueOf(given)
  const shown = value === undefined ? name : `${name}=${value}`
  const writes = value === undefined ? undefined : ofBuildpack(name, value, all)
  if (writes) return { option: name in rows ? (rows[name] ?? name) : name, shown, writes }
  if (isOfProject(name) && value !== undefined)
    return {
      option: "app.json env of the go command",
      shown,
      writes: { buildEnvironment: [shown] },
    }
  const isGiven = value === undefined || name === "PORT" || isSecret(name)
  return {
    option: "app.json env",
    shown: isSecret(name) ? name : shown,
    writes: isGiven ? undefined : { environment: [shown] },
  }
}

function valueOf(given: unknown): string | undefined {
  const value = typeof given === "string" ? given : object(given)["value"]
  return typeof value === "string" && object(given)["generator"] === undefined ? value : undefined
}

/** It would be in the image's configuration, for everybody to read. */
function isSecret(name: string): boolean {
  return /(?:SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|API_?KEY|CREDENTIAL|DSN)/i.test(name)
}

const rows: Readonly<Record<string, string>> = { GOVERSION: "app.json env GOVERSION" }

/** Variables of Heroku's buildpack for Go. */
function ofBuildpack(
  name: string,
  value: string,
  all: Readonly<Record<string, unknown>>,
): Options | undefined {
  switch (name) {
    case "GOVERSION":
      return { goVersion: value.replace(/^go/, "") }
    case "GO_INSTALL_PACKAGE_SPEC":
      return { packages: value.split(/\s+/).filter(Boolean) }
    case "GO_INSTALL_TOOLS_IN_IMAGE":
      return { goTools: value === "true" }
    case "GO_LINKER_SYMBOL":
      return { linkerValues: [linkerPair(value, valueOf(all["GO_LINKER_VALUE"]))] }
    case "GO_LINKER_VALUE":
      return {}
    default:
      return undefined
  }
}
