import { settingNames, settingTable, toKebabCase } from "../../src/settings/table.js"

const start = "<!-- settings: written by `bash script/readme` -->\n"
const end = "<!-- end of settings -->"

/** The README with its table of settings as the code has them. */
export function withSettingsTable(readme: string): string {
  const from = readme.indexOf(start) + start.length
  const to = readme.indexOf(end)
  if (from < start.length || to < from)
    throw new Error("the README has lost the marks around its settings")
  return readme.slice(0, from) + settingsTable() + readme.slice(to)
}

function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const spec = settingTable[name]
    const variable = "variable" in spec ? code(spec.variable.replace(" and ", "` and `")) : ""
    return [code(`--${toKebabCase(name)}`), variable, spec.help, spec.otherwise, code(spec.example)]
  })
  const lines = [
    ["option", "environment variable", "meaning", "default", "example"],
    dashes,
    ...rows,
  ]
  return lines.map((cells) => `| ${cells.map(escape).join(" | ")} |\n`).join("")
}

const dashes = ["---", "---", "---", "---", "---"]

function code(text: string): string {
  return `\`${text}\``
}

function escape(cell: string): string {
  return cell.replaceAll("|", "\\|")
}
