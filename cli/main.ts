import { parseArguments } from "./arguments.js"
import { build } from "./build.js"
import { exitCode, explain } from "./exit.js"
import { Terminal } from "./terminal.js"

async function main(): Promise<void> {
  const request = parseArguments(process.argv.slice(2), process.env)
  const terminal = new Terminal(process.stderr, request.verbose)

  const cancel = new AbortController()
  /**
   * From then on, the first Ctrl-C cancels and cleans up; the second one does not wait for that. Before, there is nothing
   * to clean up, and a signal ends this as it ends any program, whatever it is busy with.
   */
  const catchSignals = (): AbortSignal => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (cancel.signal.aborted) process.exit(130)
        cancel.abort(new Error(signal))
      })
    }
    return cancel.signal
  }

  try {
    await build(request, terminal, catchSignals)
  } catch (error) {
    terminal.finish()
    process.exitCode = cancel.signal.aborted ? 130 : exitCode(error)
    process.stderr.write(cancel.signal.aborted ? "interrupted\n" : `${explain(error)}\n`)
  }
}

void main()
