import { resultOrUserError } from "./errors.js"
import { fc } from "./property.js"

const oddities = [
  "\n",
  "\r\n",
  "\r",
  " ",
  "\t",
  "\0",
  "\uFEFF",
  "\u00A0",
  "\u2028",
  "ü",
  "\u{1F600}",
]

/** Text made of the pieces that mean something to a parser, and of anything else. */
export function junk(...pieces: string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    { arbitrary: fc.constantFrom(...pieces), weight: 6 },
    { arbitrary: fc.constantFrom(...oddities), weight: 2 },
    { arbitrary: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)), weight: 1 },
  )
  return fc.array(part, { maxLength: 40 }).map((parts) => parts.join(""))
}

const pumps = [
  ...[..." \t\n/*()[{\"'`\\.,:=#$!&<-a1ü"],
  ...["//", "/**/", "...", "./", "${", "a ", "a\n", "a: ", "a=", "!("],
]

/**
 * An input that takes more than its share of time: one of the starts, a piece many times over, and an end that fits
 * nothing, which is what makes a regular expression go back and try again. Undefined where there is none.
 */
export function findSlowInput(
  read: (text: string) => unknown,
  ...starts: string[]
): string | undefined {
  for (const start of ["", ...starts]) {
    for (const pump of pumps) {
      const text = (length: number) => `${start}${pump.repeat(length / pump.length)}\x01`
      if (isSlow(read, text)) return `${JSON.stringify(start)}, then many ${JSON.stringify(pump)}`
    }
  }
  return undefined
}

/**
 * What reads a text once takes some milliseconds for the longer of these; what goes back for each of its characters takes
 * seconds. The processor's time counts, and of three times the best, so that a busy machine changes nothing.
 */
function isSlow(read: (text: string) => unknown, text: (length: number) => string): boolean {
  const time = (length: number) => {
    const input = text(length)
    const begin = process.cpuUsage()
    resultOrUserError(() => read(input))
    const { user, system } = process.cpuUsage(begin)
    return (user + system) / 1000
  }
  return time(8_000) > 10 && Math.min(time(80_000), time(80_000), time(80_000)) > 500
}
