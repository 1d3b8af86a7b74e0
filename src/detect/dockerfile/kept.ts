/** By it, a Dockerfile that this program has written is known. */
export const keptHeader =
  "# Written by go-image (--dockerfile). It needs nothing of go-image: change it as you like."

/**
 * It says what a project's own Dockerfile says: which programs, the command, the ports. What it has beyond that came from here, and
 * is none of its differences.
 */
export function isKept(text: string): boolean {
  return text.split("\n", 3).some((line) => line.trimEnd() === keptHeader)
}

/** Nobody asked for its port: it is what the code said, or did not say, when it was written. */
export function hasPortOfCode(text: string): boolean {
  return isKept(text) && /^# port: [^()]*\((?:default|[^()]*\.go:\d+)\)\r?$/m.test(text)
}
