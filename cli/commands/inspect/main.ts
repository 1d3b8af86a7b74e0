import { exitCode, explain } from "../../command-line/exit.js"
import { explainSystemError } from "../../system/system-error.js"
import { inspectCommands } from "./commands.js"

/** A program of its own: what reads from registries would make each build start later. */
async function main([name = "", ...args]: string[]): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads it has read enough, as `head` does.
    if (error.code !== "EPIPE") fail(error)
  })
  try {
    await inspectCommands.get(name)?.(args)
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  const told = explainSystemError(error, []) ?? error
  process.exitCode = exitCode(told)
  process.stderr.write(`${explain(told)}\n`)
}

void main(process.argv.slice(2))
