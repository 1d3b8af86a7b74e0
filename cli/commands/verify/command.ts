import type { Command } from "commander"
import { programName } from "../../program-name.js"
import {
  engineOptions,
  newCommand,
  progressOptions,
  settingOptions,
} from "../../command-line/option-groups.js"

export function verifyCommand(): Command {
  const program = engineOptions(
    settingOptions(
      newCommand("verify")
        .description(
          "Build an image again from its source, with the options that it was built with, and say whether it is the same, or what differs and why.",
        )
        .argument(
          "<image>",
          "OCI image archive (a tar file), or an image in a registry: registry.example.com/app@sha256:…",
        )
        .option(
          "--source <folder>",
          "the image's Go project, in a Git repository with the image's commit",
          ".",
        ),
    ),
  )
    .option(
      "--provenance <file>",
      "provenance file with the options of the build (default: the one attached to the image); options on the command line come first",
    )
    .optionsGroup("Other:")
    .option("-o, --output <file>", `write the new image there, for \`${programName} diff\``)
    .option("--json", "print the result as JSON")
  return progressOptions(program, "the result").helpOption("-h, --help", "show this help")
}
