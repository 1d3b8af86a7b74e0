import { Option, type Command } from "commander"
import { newCommand, settingOptions } from "../../command-line/arguments.js"
import { explainFormats } from "./document.js"

export function explainCommand(): Command {
  return settingOptions(
    newCommand("explain")
      .description(
        "Say how a project is built and why: what was decided, where that comes from, what changes it. Nothing is built.",
      )
      .argument("[project]", "folder of the Go project", "."),
  )
    .option(
      "--image <image>",
      "tell what is in this image of it, too: an OCI archive, or registry.example.com/app:v1",
    )
    .addOption(
      new Option(
        "--format <format>",
        "text, json, or html: a page of one file (default: by -o)",
      ).choices(explainFormats),
    )
    .optionsGroup("Other:")
    .option("-o, --output <file>", "write it there: page.html, account.json (default: print it)")
    .helpOption("-h, --help", "show this")
}
