import type { Command } from "commander"
import {
  engineOptions,
  newCommand,
  progressOptions,
  settingOptions,
} from "../../command-line/arguments.js"
import { programName } from "../../command-line/program-name.js"

export function verifyCommand(): Command {
  const program = engineOptions(
    settingOptions(
      newCommand("verify")
        .description(
          "Build an image again from its source, and say whether it is the same, or what differs and why. Of the options, those that it was built with.",
        )
        .argument(
          "<image>",
          "OCI image archive (a tar file), or an image in a registry: registry.example.com/app@sha256:…",
        )
        .option(
          "--source <folder>",
          "its Go project, in a Git repository that has the image's commit",
          ".",
        ),
    ),
  )
    .option(
      "--provenance <file>",
      "take the options that it was built with from the provenance that the build wrote (default: the one attached to the image); those that are typed come first",
    )
    .optionsGroup("Other:")
    .option(
      "-o, --output <file>",
      `keep the image that was built there, for \`${programName} diff\``,
    )
    .option("--json", "print the result as JSON")
  return progressOptions(program, "the result").helpOption("-h, --help", "show this")
}
