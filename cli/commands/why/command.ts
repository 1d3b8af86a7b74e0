import type { Command } from "commander"
import { newCommand } from "../../command-line/option-groups.js"

export function whyCommand(): Command {
  return newCommand("why")
    .description(
      "Say why steps of the last build ran and packages were compiled again: the file that changed, through the imports, or an option, another base image, another Go. Compared with the build before it, as this machine remembers it; nothing is built.",
    )
    .argument(
      "[package]",
      "only of this package, or of those in this folder, such as ./internal/store, or of one of another module",
    )
    .option("--source <folder>", "the Go project", ".")
    .option("--target <name>", "of this target of project.toml (default: what was built last)")
    .optionsGroup("Other:")
    .option("--json", "print it as JSON")
    .helpOption("-h, --help", "show this")
}
