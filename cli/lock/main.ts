import { newCommand, settingOptions, toRequest } from "../arguments.js"
import { runCommand } from "../run-command.js"
import { lock } from "./lock.js"

/** A program of its own: what reads from registries would make each build start later. */
const program = settingOptions(
  newCommand("lock")
    .description(
      "Write the digests of the project's base images into go-image.lock, which builds then use: again, for newer ones.",
    )
    .argument("[project]", "folder of the Go project", "."),
)
  .optionsGroup("Other:")
  .helpOption("-h, --help", "show this")

const request = toRequest(program.parse(process.argv.slice(3), { from: "user" }), {})
const source = program.processedArgs[0] as string
void runCommand(request, (terminal) => lock({ ...request, source }, terminal))
