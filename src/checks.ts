import type { Container } from "@dagger.io/dagger"
import { UserError } from "./errors.js"
import { vulnerabilityDatabase } from "./plan/tasks.js"

/** What a command left behind. */
export interface Finished {
  exitCode: number
  /** All that it printed, standard output first. */
  output: string
}

export async function finish(container: Container): Promise<Finished> {
  const [exitCode, stdout, stderr] = await Promise.all([
    container.exitCode(),
    container.stdout(),
    container.stderr(),
  ])
  return {
    exitCode,
    output: [stdout, stderr]
      .map((text) => text.trim())
      .join("\n")
      .trim(),
  }
}

/** A failure is an error whose message has what the command found: only that reaches the caller of a function. */
export async function mustPass(container: Container, what: string): Promise<string> {
  const { exitCode, output } = await finish(container)
  if (exitCode === 0) return output
  throw new UserError(`${what} (exit code ${exitCode})`, { hint: output })
}

const vulnerabilitiesFound = 3

export async function mustBeWithoutVulnerabilities(
  container: Container,
  database: string,
): Promise<string> {
  const { exitCode, output } = await finish(container)
  if (exitCode === 0) return output
  if (exitCode === vulnerabilitiesFound) {
    throw new UserError("the program calls code with known vulnerabilities", { hint: output })
  }
  const unreachable = /fetching vulnerabilities: (?:.*\n)*?.*/.exec(output)?.[0]
  if (unreachable === undefined) {
    throw new UserError(`govulncheck failed (exit code ${exitCode})`, { hint: output })
  }
  const reason = unreachable.replace(/^fetching vulnerabilities: /, "").split("\n")[0]
  const which = database === vulnerabilityDatabase ? "the public vulnerability database" : database
  throw new UserError(`${which} cannot be reached: ${reason}`, {
    hint: "Give one that can be with --database, such as a copy that is served to the engine.",
  })
}
