import { printable } from "../../errors.js"
import type { Notice } from "../../found.js"

/** Process types and their commands, in the file's order. https://devcenter.heroku.com/articles/procfile */
export interface Procfile {
  processes: Process[]
}

export interface Process {
  /** E.g. `web`, `worker`, `my-worker`. */
  type: string
  /** A command line as it would be typed in a shell. */
  command: string
  line: number
}

const typePattern = /^[A-Za-z0-9_-]+$/

// What no command line has, and no label of an image may have.
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\0-\x08\x0A-\x1F\x7F]/

/** Reads a Procfile as Heroku does: comments and other lines are skipped, of two lines for one type the first counts. */
export function parseProcfile(
  text: string,
  file = "Procfile",
): { procfile: Procfile; notices: Notice[] } {
  const processes = new Map<string, Process>()
  const notices: Notice[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const line = index + 1
    const content = raw.trim()
    if (!content || content.startsWith("#")) continue
    const colon = content.indexOf(":")
    const type = content.slice(0, Math.max(colon, 0)).trim()
    const command = content.slice(colon + 1).trim()
    if (!typePattern.test(type)) {
      notices.push({
        file,
        line,
        message: `not of the form "type: command", skipped: ${printable(content)}`,
      })
    } else if (controlCharacter.test(command)) {
      notices.push({ file, line, message: `a control character in ${type}, skipped` })
    } else if (!command) {
      notices.push({ file, line, message: `no command for ${type}, skipped` })
    } else if (processes.has(type)) {
      notices.push({
        file,
        line,
        message: `a second ${type}, skipped; line ${processes.get(type)?.line} counts`,
      })
    } else {
      processes.set(type, { type, command, line })
    }
  }
  return { procfile: { processes: [...processes.values()] }, notices }
}
