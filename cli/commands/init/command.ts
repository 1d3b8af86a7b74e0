import { Option, type Command } from "commander"
import { ciProviderNames } from "../../../src/ci/providers.js"
import { newCommand, settingOptions } from "../../command-line/option-groups.js"

/** Not a provider: no pipeline file. */
export const noProvider = "none"

export function initCommand(): Command {
  return settingOptions(
    newCommand("init")
      .description(
        "Set up a project: ask a few questions, show the files, and write project.toml and the pipeline file of the CI provider. A project.toml that is there is completed; what a Dockerfile, .ko.yaml and the like say is offered.",
      )
      .argument("[project]", "folder of the Go project, or one in it", "."),
  )
    .addOption(
      new Option(
        "--provider <name>",
        "CI provider that gets a pipeline file (default: the one that the repository uses)",
      ).choices([...ciProviderNames, noProvider]),
    )
    .option(
      "--image <name>",
      "name of the image in the pipeline, without a tag (default: in the registry of the repository's host)",
    )
    .optionsGroup("Other:")
    .option("-y, --yes", "ask nothing: take the defaults, and what options say")
    .option("--force", "replace files that are there and differ")
    .helpOption("-h, --help", "show this")
}

export interface InitFlags {
  provider?: string
  image?: string
  yes?: boolean
  force?: boolean
}
