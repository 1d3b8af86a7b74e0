import { parse } from "toml"
import { UserError } from "../../errors.js"

/** A file of the project as plain values; what is wrong with it is told with its line. */
export function parseToml(
  text: string,
  file: string,
  hint = "See https://toml.io for the syntax.",
): Record<string, unknown> {
  try {
    return object(parse(text))
  } catch (error) {
    const { message, line, column, location } = error as Error & {
      line?: number
      column?: number
      location?: { start: { line: number; column: number } }
    }
    const at = location?.start ?? { line: line ?? 1, column: column ?? 1 }
    // The parser lists every character that it would have taken.
    const found = /but (.+) found\.$/s.exec(message)?.[1]
    throw new UserError(
      found === undefined ? `not TOML: ${message}` : `not TOML: unexpected ${found}`,
      {
        place: { file, ...at, text: text.split("\n")[at.line - 1] },
        hint,
      },
    )
  }
}

/** Empty where it is none. */
export function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
