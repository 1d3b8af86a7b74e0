import { UserError } from "../errors.js"

/** `NAME=value`, as docker takes it; the value may be empty and may hold further `=`. */
export function parseEnvironment(text: string, from: string): { name: string; value: string } {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_.-]*)=([^\n\r\0]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new UserError(`not an environment variable: ${JSON.stringify(text)} (${from})`, {
      hint: "Write NAME=value, on one line.",
    })
  }
  return { name, value }
}
