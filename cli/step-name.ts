/**
 * `[build 3/4] RUN …` is an instruction of the Dockerfile, and `[linux/arm64 build 3/4] RUN …` is one where there are
 * several platforms; `[internal] …` and `exporting …` are not.
 */
export function isInstruction(name: string): boolean {
  return /^\[(?:\S+\/\S+ )?[a-z0-9-]+ \d+\/\d+\]/.test(name)
}

/** `[build 3/4] RUN --mount=… ["go","build","./cmd/api"]` is shown as `build: go build ./cmd/api`. */
export function shortenStep(name: string): string {
  const [, stage, instruction] =
    /^\[(?:\S+\/\S+ )?([a-z0-9-]+)(?: \d+\/\d+)?\] (.*)$/s.exec(name) ?? []
  if (stage === undefined || instruction === undefined) return name
  const text = instruction
    .replace(/--(?:mount|exclude|chown|chmod)=\S+\s+/g, "")
    .replace(/\["(.*)"\]$/s, (_, words: string) => words.replaceAll('","', " "))
    .replace(/^RUN /, "")
    .split("\n", 1)[0]
  return `${stage}: ${text}`.slice(0, 110)
}
