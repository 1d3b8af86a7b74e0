/** Functions that colour a text, or leave it as it is. */
export interface Colours {
  readonly enabled: boolean
  dim: (text: string) => string
  red: (text: string) => string
  green: (text: string) => string
  yellow: (text: string) => string
  cyan: (text: string) => string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * As the field has it: FORCE_COLOR (https://force-color.org) before NO_COLOR (https://no-color.org), as Node.js has their
 * order, then CLICOLOR_FORCE and CLICOLOR (https://bixense.com/clicolors); else what the terminal can do.
 */
export function hasColours(isTerminal: boolean, environment: Environment): boolean {
  const { FORCE_COLOR, NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = environment
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return !/^(?:0|false)$/.test(FORCE_COLOR)
  if (NO_COLOR) return false
  if (CLICOLOR_FORCE !== undefined && CLICOLOR_FORCE !== "" && CLICOLOR_FORCE !== "0") return true
  if (CLICOLOR === "0") return false
  return isTerminal && TERM !== "dumb"
}

export function coloursFor(isTerminal: boolean, environment: Environment): Colours {
  const enabled = hasColours(isTerminal, environment)
  const paint = (from: number, to: number) => (text: string) =>
    enabled && text !== "" ? `\u001B[${from}m${text}\u001B[${to}m` : text
  return {
    enabled,
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  }
}
