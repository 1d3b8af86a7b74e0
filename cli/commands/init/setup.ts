import type { Request } from "../../request.js"
import type { Terminal } from "../../terminal/terminal.js"
import type { InitFlags } from "./command.js"

export type Ask = typeof import("./questions.js").ask

/** Who answers: a person, or the defaults. */
export interface Setup {
  request: Request
  flags: InitFlags
  /** Undefined with --yes. */
  ask?: Ask
  terminal: Pick<Terminal, "say">
}

export function sayOf({ ask, terminal }: Setup): (line: string) => void {
  return ask?.tell ?? ((line) => terminal.say(line))
}
