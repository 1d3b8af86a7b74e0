import type { Command } from "commander"
import { newCommand, settingOptions } from "../../command-line/option-groups.js"

export function lockCommand(): Command {
  return settingOptions(
    newCommand("lock")
      .description(
        "Write the digests of the project's base images to go-image.lock, which later builds use. Run it again for newer ones.",
      )
      .argument("[project]", "folder of the Go project", "."),
  )
    .optionsGroup("Other:")
    .helpOption("-h, --help", "show this help")
}
