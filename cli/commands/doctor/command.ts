import type { Command } from "commander"
import { newCommand } from "../../command-line/arguments.js"

export function doctorCommand(): Command {
  return newCommand("doctor")
    .description(
      "Say what this machine has to build with, which engine is used and why, and what is missing. Exit status: 0 where a build can start, else 4.",
    )
    .option("--json", "print it as JSON")
    .helpOption("-h, --help", "show this")
}
