/** By it, a Dockerfile that this program has written is known. */
export const keptHeader =
  "# Written by go-image (--dockerfile). It needs nothing of go-image: change it as you like."

/** It says nothing of a project that the project has not said before: who takes it away has made it a Dockerfile of theirs. */
export function isKept(text: string): boolean {
  return text.split("\n", 3).some((line) => line.trimEnd() === keptHeader)
}
