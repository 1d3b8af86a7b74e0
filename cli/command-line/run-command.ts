import { dirname, resolve } from "node:path"
import { exitCode, explain } from "./exit.js"
import { StallWatch } from "../terminal/stall.js"
import { explainSystemError } from "../system/system-error.js"
import { Terminal } from "../terminal/terminal.js"
import type { Request } from "../request.js"

const interrupted = 130

/**
 * Does what was asked for, tells a person of it, and sets the exit status.
 *
 * @param work May ask for signals to be caught, as soon as there is something to clean up.
 */
export async function runCommand(
  request: Pick<Request, "progress" | "verbose" | "stallTimeout" | "output">,
  work: (terminal: Terminal, catchSignals: () => AbortSignal) => Promise<void>,
): Promise<void> {
  const terminal = new Terminal(process.stderr, request)
  const watch = new StallWatch({
    limit: request.stallTimeout,
    waitingFor: () => terminal.doing,
    isProgram: () => terminal.isRunningProgram,
    say: (line) => {
      terminal.remark(line)
    },
  })
  terminal.watch = watch

  const cancel = new AbortController()
  const lost = new AbortController()
  const signal = AbortSignal.any([cancel.signal, watch.signal, lost.signal])
  let isOver = false

  /** The first failure is told; others come of it. */
  const fail = (error: unknown) => {
    if (process.exitCode !== undefined) return
    const told = explainSystemError(error, [dirname(resolve(request.output ?? "."))]) ?? error
    const isInterrupted = cancel.signal.aborted
    const status = isInterrupted ? interrupted : exitCode(told)
    process.exitCode = status
    terminal.fail(isInterrupted ? "interrupted" : explain(told), status)
  }
  // Of what nobody waits for. The rest is ended in order; or at once, where that is over, or is being done already.
  const unexpected = (error: unknown) => {
    if (!isOver && !signal.aborted) {
      lost.abort(error)
      return
    }
    fail(isOver ? error : signal.reason)
    process.exit()
  }
  process.on("uncaughtException", unexpected).on("unhandledRejection", unexpected)
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads it has read enough, as `head` does.
    if (error.code !== "EPIPE") unexpected(error)
  })
  // Nobody is left to be told.
  process.stderr.on("error", () => undefined)

  /**
   * From then on, the first Ctrl-C cancels and cleans up; the second one does not wait for that. Before, there is nothing
   * to clean up, and a signal ends this as it ends any program, whatever it is busy with.
   */
  const catchSignals = (): AbortSignal => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        if (cancel.signal.aborted) process.exit(interrupted)
        cancel.abort(new Error(name))
      })
    }
    return signal
  }

  try {
    await work(terminal, catchSignals)
    lost.signal.throwIfAborted()
  } catch (error) {
    fail(signal.aborted ? signal.reason : error)
  } finally {
    isOver = true
    watch.stop()
  }
}
