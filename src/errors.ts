/** Where something was found: a file of the project, an option, an environment variable. */
export interface Place {
  /** Path relative to the project's root. */
  file: string
  /** 1-based. */
  line?: number
  /** 1-based. */
  column?: number
  /** The text of that line, shown with a caret under the column. */
  text?: string
}

/**
 * Something is wrong with the project or with what was asked: a message for the person who can change it.
 * The first line says what was found; the rest says what was expected and what to do next.
 */
export class UserError extends Error {
  override name = "UserError"
  readonly place?: Place
  readonly hint?: string

  constructor(found: string, options: { place?: Place; hint?: string } = {}) {
    super(compose(found, options))
    this.place = options.place
    this.hint = options.hint
  }
}

/** There are several programs, and nothing says which is meant. */
export class SeveralPrograms extends UserError {}

/** A mistake of our own: what must never happen whatever the project looks like. */
export class InternalError extends Error {
  override name = "InternalError"

  constructor(what: string) {
    super(`${what}\nThis is a bug in go-image, not in your project. Please report it.`)
  }
}

/** `go.mod:3:5` */
export function formatPlace({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(":")
}

function compose(found: string, { place, hint }: { place?: Place; hint?: string }): string {
  const what = shorten(found)
  const lines = [place ? `${formatPlace(place)}: ${what}` : what]
  if (place?.text !== undefined) {
    const { text, column } = around(place.text.trimEnd(), place.column)
    lines.push(`  ${printable(text)}`)
    if (place.column) lines.push(`  ${caretPadding(text, column)}^`)
  }
  if (hint) lines.push(hint)
  return lines.join("\n")
}

/** A project's text as it can be shown: what would steer a terminal stands there as a mark instead. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\0-\x08\x0A-\x1F\x7F-\x9F]/g, "\uFFFD")
}

/** A line break among them: what neither a name nor an instruction of a build can have. */
export function hasControlCharacter(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\0-\x1F\x7F]/.test(text)
}

/** A value in a message is as long as the project made it; a message is read by a person. */
export function shorten(text: string, most = 400): string {
  return text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text
}

/** Of a long line, what stands around the column. */
function around(text: string, column = 1): { text: string; column: number } {
  const width = 160
  if (text.length <= width) return { text, column }
  const start = Math.max(0, Math.min(column - width / 2, text.length - width))
  const before = start > 0 ? "…" : ""
  const after = start + width < text.length ? "…" : ""
  return {
    text: before + text.slice(start, start + width) + after,
    column: column - start + before.length,
  }
}

/** Tabs stay tabs, so that the caret stands under its column whatever the terminal's tab width. */
function caretPadding(text: string, column: number): string {
  return text
    .slice(0, column - 1)
    .replace(/[^\t]/g, " ")
    .padEnd(column - 1)
}
