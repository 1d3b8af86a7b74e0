import { Argument, type Command } from "commander"
import { newCommand } from "../../command-line/option-groups.js"

export const shells = ["bash", "zsh", "fish"] as const

export type Shell = (typeof shells)[number]

export function completionCommand(): Command {
  return newCommand("completion")
    .description(
      "Print the script that makes a shell complete commands, options and values: source <(go-image completion bash), the same for zsh; go-image completion fish | source.",
    )
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .helpOption("-h, --help", "show this help")
}
