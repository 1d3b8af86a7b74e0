import type { Command } from "commander"
import type commandList from "../../commands.json"
import { ciCommand } from "../ci/command.js"
import { devCommand } from "../dev/command.js"
import { doctorCommand } from "../doctor/command.js"
import { explainCommand } from "../explain/command.js"
import { importCommand } from "../import/command.js"
import { initCommand } from "../init/command.js"
import { diffCommand, inspectCommand, sbomCommand } from "../inspect/commands.js"
import { lockCommand } from "../lock/command.js"
import { verifyCommand } from "../verify/command.js"
import { pruneCommand } from "../prune/command.js"
import { vulncheckCommand } from "../vulncheck/command.js"
import { whyCommand } from "../why/command.js"
import { bashCompletion } from "./bash.js"
import { completionCommand, type Shell } from "./command.js"
import { fishCompletion } from "./fish.js"
import { completedCommand, type CompletedCommand } from "./words.js"
import { zshCompletion } from "./zsh.js"
import { commandLine } from "../../command-line/build-command.js"

/** Each with its options; a build is not among them. */
export const commands: Record<keyof typeof commandList, () => Command> = {
  ci: ciCommand,
  completion: completionCommand,
  dev: devCommand,
  diff: diffCommand,
  doctor: doctorCommand,
  explain: explainCommand,
  import: importCommand,
  init: initCommand,
  inspect: inspectCommand,
  lock: lockCommand,
  prune: pruneCommand,
  sbom: sbomCommand,
  verify: verifyCommand,
  vulncheck: vulncheckCommand,
  why: whyCommand,
}

const writers = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

/** A build comes last: the shells' scripts take it where no command's name fits. */
export function completedCommands(): CompletedCommand[] {
  return [
    ...Object.entries(commands).map(([name, command]) => completedCommand(name, command())),
    completedCommand("", commandLine()),
  ]
}

export function completion(shell: Shell): string {
  return writers[shell]("go-image", completedCommands())
}
