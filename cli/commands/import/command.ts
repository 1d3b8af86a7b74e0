import type { Command } from "commander"
import { newCommand } from "../../command-line/option-groups.js"

export function importCommand(): Command {
  return newCommand("import")
    .description(
      "Say what a project's Dockerfile, .ko.yaml, Procfile, app.json, buildpack variables, railpack.json or nixpacks.toml mean here, option by option.",
    )
    .argument("[project]", "folder of the Go project", ".")
    .option("--write", "write the settings into project.toml")
    .optionsGroup("Other:")
    .option("--json", "print it as JSON")
    .helpOption("-h, --help", "show this")
}
