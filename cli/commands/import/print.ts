import { toKebabCase } from "../../../src/settings/table/table.js"
import { settingLines, targetLines } from "../init/project-toml.js"
import type { FoundOption } from "./found.js"
import type { Imported } from "./import.js"
import { systems, type System } from "./options.js"

const marks = { setting: "=", automatic: "✓", "not supported": "✗" }

/** For people: one line an option, with its place. */
export function printImported({ found, settings, targets }: Imported): string {
  if (found.length === 0)
    return "nothing to import: there is no Dockerfile of your own, .ko.yaml, Procfile, app.json, railpack.json or the like\n"
  const groups = (Object.keys(systems) as System[]).flatMap((system) => {
    const of = found.filter((each) => each.system === system)
    return of.length === 0 ? [] : [`${systems[system]}:`, ...of.map(line), ""]
  })
  const lines = [...settingLines(settings), ...targetLines(targets)]
  const end =
    lines.length === 0
      ? ["Nothing needs to be written to project.toml."]
      : ["For project.toml (--write puts it there):", ...lines.map((each) => each && `  ${each}`)]
  const legend = "✓ happens by itself   = a setting   ✗ not supported"
  return [...groups, legend, "", ...end, ""].join("\n")
}

function line({
  file,
  line: at,
  option,
  value,
  status,
  setting,
  meaning,
  writes,
  targets,
}: FoundOption): string {
  const short = value.length > 60 ? `${value.slice(0, 59)}…` : value
  const name = setting === undefined ? "" : ` (${toKebabCase(setting)})`
  const nothing = status === "setting" && writes === undefined ? "; nothing to write" : ""
  const more = targets ? `; in ${targets.map((each) => `target ${each}`).join(", ")}` : nothing
  return `  ${marks[status]} ${file}:${at}  ${option}${short && short !== option ? `  ${short}` : ""}\n      ${meaning}${name}${more}`
}
