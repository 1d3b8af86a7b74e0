import { Option, type Command } from "commander"
import { explainFormats } from "./document.js"
import { newCommand, settingOptions } from "../../command-line/option-groups.js"

export function explainCommand(): Command {
  return settingOptions(
    newCommand("explain")
      .description(
        "Explain how a project is built: each decision, where it comes from, what changes it. Nothing is built.",
      )
      .argument("[project]", "folder of the Go project", "."),
  )
    .option(
      "--image <image>",
      "also describe what is in this image: an OCI archive, or registry.example.com/app:v1",
    )
    .addOption(
      new Option(
        "--format <format>",
        "text, json, or html: a page of one file (default: by -o)",
      ).choices(explainFormats),
    )
    .optionsGroup("Other:")
    .option("-o, --output <file>", "write to this file: page.html, account.json (default: print)")
    .helpOption("-h, --help", "show this help")
}
