import { runCommand } from "../../command-line/run-command.js"
import { initCommand, type InitFlags } from "./command.js"
import { init } from "./init.js"
import { toRequest } from "../../command-line/request-from-flags.js"

/** A program of its own: what asks questions is of no use to others. */
const program = initCommand().parse(process.argv.slice(3), { from: "user" })
const flags = program.opts<InitFlags>()
const source = program.processedArgs[0] as string
const request = { ...toRequest(program, {}), source }
void runCommand(request, async (terminal) => {
  // A person takes the time that it takes.
  if (!flags.yes) terminal.watch?.stop()
  try {
    await init(request, flags, terminal)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "Cancelled") throw error
    process.stderr.write("interrupted: nothing was written\n")
    process.exitCode = 130
  }
})
