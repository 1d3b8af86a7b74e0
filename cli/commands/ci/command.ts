import { Option, type Command } from "commander"
import { ciProviderNames } from "../../../src/ci/providers.js"
import { newCommand } from "../../command-line/option-groups.js"

export function ciCommand(): Command {
  return newCommand("ci")
    .description(
      "Print the pipeline file for the CI provider that the repository uses: checks, tests beside their services, image, login, cache.",
    )
    .argument("[project]", "folder of the Go project", ".")
    .addOption(
      new Option(
        "--provider <name>",
        "CI provider (default: by the repository's files, else its address)",
      ).choices(ciProviderNames),
    )
    .option(
      "--image <name>",
      "name of the image, without a tag (default: in the registry of the repository's host)",
    )
    .option(
      "--branch <name>",
      "branch that images are pushed from (default: the repository's own, else main)",
    )
    .addOption(
      new Option(
        "--with <tool>",
        "dagger: its functions; docker: this command line, with the runner's Docker (default: dagger where there is a dagger.json or dagger.toml)",
      ).choices(["dagger", "docker"]),
    )
    .optionsGroup("Other:")
    .option("--json", "print it as JSON, with the path it belongs to and the notes")
    .option("-o, --output <file>", "write it there (default: print it)")
    .helpOption("-h, --help", "show this help")
}

export interface CiFlags {
  provider?: string
  image?: string
  branch?: string
  with?: string
  json?: boolean
  output?: string
}
