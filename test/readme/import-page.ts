import { importOptions, systems, type System } from "../../cli/commands/import/options.js"
import { toKebabCase } from "../../src/settings/table/table.js"

export const importFile = "docs/import.md"

/** Every option of other systems, and what it is here: by the table that `import` uses. */
export function importPage(): string {
  const sections = (Object.keys(systems) as System[]).map((system) => {
    const rows = importOptions[system].map(({ option, status, setting, meaning }) =>
      [code(option), status, setting === undefined ? "" : code(toKebabCase(setting)), meaning]
        .map((cell) => cell.replaceAll("|", "\\|"))
        .join(" | "),
    )
    return [
      `## ${systems[system]}`,
      [
        "| option | here | setting | meaning |",
        "| --- | --- | --- | --- |",
        ...rows.map((row) => `| ${row} |`),
      ].join("\n"),
    ].join("\n\n")
  })
  return `${[
    "<!-- Written by `bash script/readme`: a change here is lost. -->",
    "# Coming from other tools",
    "`go-image import .` finds these options in your project, and says of each, with its file and line, what becomes of it. `--write` adds the settings to `project.toml`, and leaves alone what is there; `--json` is for programs.",
    "*automatic*: it happens by itself; what a build reads in the file (ports, the command, build tags) holds as long as the file is there. *setting*: `project.toml` has a setting for it. *not supported*: it has no effect; the setting beside it, if any, comes closest.",
    ...sections,
  ].join("\n\n")}\n`
}

function code(text: string): string {
  return `\`${text}\``
}
