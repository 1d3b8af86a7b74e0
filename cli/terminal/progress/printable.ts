import { stripVTControlCharacters } from "node:util"

/** What selects colours and the like, and does nothing else to a screen ("select graphic rendition"). */
// eslint-disable-next-line no-control-regex
const colour = /(\u001B\[[\d;:]*m)/

const reset = "\u001B[0m"

/** All control characters but for line feed and tab, and those that turn the direction of text. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g

/**
 * Text of a project or of its programs, without what could move the cursor, clear the screen or hide text. Of a line that
 * was written over and over, as by a progress bar, the last state is left.
 */
export function printable(text: string, { colours = false } = {}): string {
  return text
    .split("\n")
    .map((line) => printableLine(line, colours))
    .join("\n")
}

function printableLine(line: string, colours: boolean): string {
  if (!/[^\t\u0020-\u007E]/.test(line)) return line
  const last = line.replace(/\r+$/, "").split("\r").at(-1) ?? ""
  const parts = last.split(colour)
  const plain = parts
    .map((part, i) => (i % 2 === 1 ? (colours ? part : "") : withoutControls(part)))
    .join("")
  return colours && parts.length > 1 ? `${plain}${reset}` : plain
}

function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replace(controls, "")
}
