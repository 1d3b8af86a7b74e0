import { runCommand } from "../../command-line/run-command.js"
import { devCommand, type DevFlags } from "./command.js"
import { Development } from "./development.js"
import { givenEnvironment } from "./environment.js"
import { parseService } from "./services/services.js"
import { onlyTarget, toRequest } from "../../command-line/request-from-flags.js"

/** A program of its own: what watches and restarts is of no use to a build. */
const program = devCommand().parse(process.argv.slice(3), { from: "user" })
const flags = program.opts<DevFlags>()
const asked = toRequest(program, {})
const source = program.processedArgs[0] as string
const request = { ...asked, source, targets: [onlyTarget(program, asked) ?? []].flat() }
void runCommand(request, async (terminal, catchSignals) => {
  const env = givenEnvironment(flags)
  const services = (flags.service ?? []).map(parseService)
  const signal = catchSignals()
  // However long nobody saves a file.
  terminal.watch?.stop()
  const development = new Development({ request, env, services, terminal, signal })
  try {
    await development.run()
  } catch (error) {
    // Here Ctrl-C is how it ends.
    if (!signal.aborted) throw error
  } finally {
    await development.close()
  }
})
