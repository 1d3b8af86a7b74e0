import { parseCommandLine } from "../../detect/project/command-line.js"
import { defaultName } from "../../detect/packages/program-name.js"
import type { Process, Procfile } from "../../detect/project/procfile.js"
import type { Binary } from "../types.js"
import type { Command } from "./command-line.js"

/**
 * What an image runs that is another process of the Procfile than `web`, such as `worker`: nobody sends it requests, unless
 * its code says that it listens. https://devcenter.heroku.com/articles/procfile
 */
export interface OtherProcess {
  /** E.g. `Procfile:2: worker is not web`. */
  from: string
  /** What the Procfile has for `web`, of which this process may be the same program with other arguments. */
  web: "none" | "another program" | "the same program"
}

/** @param program That the command runs. */
export function otherProcess(
  command: Command,
  program: Binary | undefined,
  { processes }: Procfile = { processes: [] },
): OtherProcess | undefined {
  const runsIt = (process: Process) => program !== undefined && isRunBy(process, program)
  const web = processes.find(({ type }) => type === "web")
  const chosen = processes.find(({ line }) => command.from === `Procfile:${line}`)
  // A command that was typed is that of `web` where it may be.
  const process = chosen ?? (web && runsIt(web) ? web : processes.find(runsIt))
  if (!process || process.type === "web") return undefined
  return {
    from: `Procfile:${process.line}: ${process.type} is not web`,
    web: !web ? "none" : runsIt(web) ? "the same program" : "another program",
  }
}

/** The program of a command line is the one that it names last, in whatever folder. */
function isRunBy({ command }: Process, { name, importPath }: Binary): boolean {
  const last = parseCommandLine(command).programs.at(-1)?.word.split("/").at(-1)
  return last === name || last === defaultName(importPath)
}
