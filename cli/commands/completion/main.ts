import { programName } from "../../program-name.js"
import { completionCommand, type Shell } from "./command.js"
import { completion } from "./completion.js"

const shell = completionCommand().parse(process.argv.slice(3), { from: "user" }).args[0] as Shell
process.stdout.write(completion(shell))
if (programName !== "go-image" && process.stdout.isTTY) {
  process.stderr.write(
    `note: it completes the command go-image; in a clone: alias go-image="${programName}"\n`,
  )
}
