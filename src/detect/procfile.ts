import type { Notice } from "./found.js"

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

const processLine = /^\s*([A-Za-z0-9_-]+)\s*:\s*(.*?)\s*$/

/** Reads a Procfile as Heroku does: comments and other lines are passed over, of two lines for one type the first counts. */
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
    const [, type, command] = processLine.exec(content) ?? []
    if (type === undefined || command === undefined) {
      notices.push({
        file,
        line,
        message: `not of the form "type: command", passed over: ${content}`,
      })
    } else if (!command) {
      notices.push({ file, line, message: `no command for ${type}, passed over` })
    } else if (processes.has(type)) {
      notices.push({
        file,
        line,
        message: `a second ${type}, passed over; line ${processes.get(type)?.line} counts`,
      })
    } else {
      processes.set(type, { type, command, line })
    }
  }
  return { procfile: { processes: [...processes.values()] }, notices }
}
