/** `[build 3/4] RUN …` is an instruction of the Dockerfile; `[internal] …` and `exporting …` are not. */
export function isInstruction(name: string): boolean {
  return /^\[[a-z0-9-]+ \d+\/\d+\]/.test(name)
}

/** `[build 3/4] RUN --mount=… ["go","build","./cmd/api"]` is shown as `build: go build ./cmd/api`. */
export function shortenStep(name: string): string {
  const [, stage, instruction] = /^\[([a-z0-9-]+)(?: \d+\/\d+)?\] (.*)$/s.exec(name) ?? []
  if (stage === undefined || instruction === undefined) return name
  const text = instruction
    .replace(/--(?:mount|exclude|chown|chmod)=\S+\s+/g, "")
    .replace(/\["(.*)"\]$/s, (_, words: string) => words.replaceAll('","', " "))
    .replace(/^RUN /, "")
    .split("\n", 1)[0]
  return `${stage}: ${text}`.slice(0, 110)
}
