import type { Command } from "commander"
import { newCommand } from "../../command-line/option-groups.js"

export function pruneCommand(): Command {
  return newCommand("prune")
    .description(
      "Print what a repository of a registry has of build caches, signatures and attestations that nothing needs any more. Images are not touched.",
    )
    .argument("<repository>", "the repository, such as registry.example.com/team/app")
    .option(
      "--keep <tag>",
      "keep these caches only, with their parts: a tag, or a pattern such as release-*; repeatable (default: all)",
      (value: string, previous: string[] | undefined) => [...(previous ?? []), value],
    )
    .option("--delete", "delete it")
    .option("--json", "print JSON")
    .helpOption("-h, --help", "show this help")
}
