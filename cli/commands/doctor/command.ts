import type { Command } from "commander"
import { newCommand } from "../../command-line/option-groups.js"

export function doctorCommand(): Command {
  return newCommand("doctor")
    .description(
      "Print what this machine can build with, which engine is used and why, and what is missing. Exit status: 0 if a build can start, else 4.",
    )
    .option("--json", "print JSON")
    .helpOption("-h, --help", "show this help")
}
