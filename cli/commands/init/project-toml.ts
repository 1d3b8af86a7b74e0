import { homepage, projectSchemaAddress } from "../../../src/version.js"
import type { Options } from "../../../src/options.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { settingNames, settingTable, toKebabCase } from "../../../src/settings/table/table.js"

export interface Target {
  name: string
  settings: Options
  /** Lines below them. */
  comments?: readonly string[]
}

/**
 * A project.toml with these settings; without any it changes nothing, and shows what there is.
 *
 * @param comments Lines below the settings.
 */
export function projectToml(
  settings: Options,
  targets: readonly Target[] = [],
  comments: readonly string[] = [],
): string {
  const lines = settingLines(settings)
  const [first] = targets
  return [
    `#:schema ${projectSchemaAddress}`,
    ...(first
      ? [
          "# How go-image builds the images of this repository, one for each target. What has no line here is detected:",
          `# \`go-image explain . --target ${first.name}\` says what, and why.`,
        ]
      : [
          "# How go-image builds the image of this project. What has no line here is detected: `go-image explain .` says what, and why.",
        ]),
    `# All settings: ${homepage}/blob/main/docs/reference.md#settings`,
    "",
    ...(first ? ["# For all targets; a target's own settings come first."] : []),
    "[go-image]",
    ...(lines.length > 0 ? lines : first ? hintsForTargets : hints),
    ...comments,
    ...targetLines(targets),
    "",
  ].join("\n")
}

/** Each after an empty line. */
export function targetLines(targets: readonly Target[]): string[] {
  return targets.flatMap(({ name, settings, comments = [] }) => [
    "",
    "[[go-image.targets]]",
    `name = ${JSON.stringify(name)}`,
    ...settingLines(settings),
    ...comments,
  ])
}

/** What a project.toml is once it has what it lacks; what it has stays as it is. */
export function completed(
  text: string,
  settings: Options,
  targets: readonly Target[],
): { text: string; added: string[]; kept: string[] } {
  const { table, targets: known } = parseProjectToml(text)
  const names = settingNames.filter((name) => settingLines({ [name]: settings[name] }).length > 0)
  const kept = names.filter((name) => table.has(toKebabCase(name)))
  const missing = Object.fromEntries(
    names.filter((name) => !kept.includes(name)).map((name) => [name, settings[name]]),
  ) as Options
  const lines = settingLines(missing)
  const newTargets = known.size > 0 ? [] : targets
  const end = newTargets.length > 0 ? [...targetLines(newTargets), ""].join("\n") : ""
  return {
    text: end === "" ? withLines(text, lines) : `${withLines(text, lines).trimEnd()}\n${end}`,
    added: [...lines, ...newTargets.map(({ name }) => `target ${name}`)],
    kept: settingLines(Object.fromEntries(kept.map((name) => [name, settings[name]]))),
  }
}

/** What is in it, in a few words. */
export function describeToml(text: string): string {
  const { table, targets } = parseProjectToml(text)
  const parts = [
    ...(table.size > 0 ? [[...table.keys()].join(", ")] : []),
    ...(targets.size > 0 ? [`targets ${[...targets.keys()].join(", ")}`] : []),
  ]
  return parts.length > 0 ? parts.join("; ") : "no settings"
}

/** The text of a project.toml with these lines in its table. */
export function withLines(text: string, lines: readonly string[]): string {
  if (lines.length === 0) return text
  const all = withoutHints(text.split("\n"), lines)
  const table = all.findIndex((line) => /^\s*\[\s*go-image\s*\]/.test(line))
  if (table >= 0) return [...all.slice(0, table + 1), ...lines, ...all.slice(table + 1)].join("\n")
  // A table may stand before the tables that are in it, and not among them.
  const target = all.findIndex((line) => /^\s*\[\[?\s*go-image\./.test(line))
  const added = ["[go-image]", ...lines, ""]
  if (target >= 0) return [...all.slice(0, target), ...added, ...all.slice(target)].join("\n")
  return `${text.replace(/\n*$/, text.trim() === "" ? "" : "\n\n")}${added.join("\n")}`
}

/** An example of a setting is none beside its real value. */
function withoutHints(all: readonly string[], lines: readonly string[]): string[] {
  const isHint = (line: string) =>
    [...hints, ...hintsForTargets].includes(line) || /^# port = \S+ # assumed/.test(line)
  const isDone = (line: string) =>
    lines.some((each) => line.startsWith(`# ${each.slice(0, each.indexOf(" = "))} = `))
  return all.filter((line) => !(isHint(line) && isDone(line)))
}

const hints = ['# runtime = "distroless"', '# health-check = "/healthz"']

/** What all of them may share. */
const hintsForTargets = [
  '# runtime = "distroless"',
  '# stamp = "off" # no version and commit in programs: an edit of one service does not rebuild the others',
]

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
