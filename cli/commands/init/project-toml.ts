import { homepage, projectSchemaAddress } from "../../../src/version.js"
import type { Options } from "../../../src/options.js"
import { settingNames, settingTable, toKebabCase } from "../../../src/settings/table.js"

export interface Target {
  name: string
  settings: Options
}

/** A project.toml with these settings; without any it changes nothing, and shows what there is. */
export function projectToml(settings: Options, targets: readonly Target[] = []): string {
  const lines = settingLines(settings)
  return [
    `#:schema ${projectSchemaAddress}`,
    "# How go-image builds the image of this project. What has no line here is detected: `go-image explain .` tells what, and why.",
    `# All settings: ${homepage}/blob/main/docs/reference.md#settings`,
    "",
    "[go-image]",
    ...(lines.length > 0 ? lines : hints),
    ...targetLines(targets),
    "",
  ].join("\n")
}

/** Each after an empty line. */
export function targetLines(targets: readonly Target[]): string[] {
  return targets.flatMap(({ name, settings }) => [
    "",
    "[[go-image.targets]]",
    `name = ${JSON.stringify(name)}`,
    ...settingLines(settings),
  ])
}

const hints = ['# runtime = "distroless"', '# health-check = "/healthz"']

/** One a setting, in the order of the table. A JSON string is one of TOML, and so is a list of them. */
export function settingLines(settings: Options): string[] {
  return settingNames.flatMap((name) => {
    const value = settings[name]
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return []
    return [`${toKebabCase(name)} = ${tomlValue(name, value)}`]
  })
}

function tomlValue(name: keyof typeof settingTable, value: unknown): string {
  const [only, another] = Array.isArray(value) ? (value as string[]) : []
  const isOnePort = settingTable[name].kind === "ports" && another === undefined
  if (isOnePort && /^\d+$/.test(only ?? "")) return only ?? ""
  return Array.isArray(value)
    ? `[${value.map((each) => JSON.stringify(each)).join(", ")}]`
    : JSON.stringify(value)
}

/** Who builds says it, and never a project's file. */
export function notOfProject(settings: Options): string[] {
  return settingNames
    .filter((name) => {
      const value = settings[name]
      const isGiven = value !== undefined && !(Array.isArray(value) && value.length === 0)
      return isGiven && settingTable[name].help.includes("never from project.toml")
    })
    .map((name) => `--${toKebabCase(name)}`)
}
