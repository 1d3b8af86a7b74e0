/**
 * `[build 3/4] RUN …` is an instruction of the Dockerfile, and `[linux/arm64 build 3/4] RUN …` is one where there are
 * several platforms; `[internal] …` and `exporting …` are not. Of ten steps or more, numbers are padded: `[build  3/10]`.
 */
export function isInstruction(name: string): boolean {
  return /^\[(?:\S+\/\S+ +)?[a-z0-9-]+ +\d+\/\d+\]/.test(name)
}

/** The script that src/plan/image/lay-out.ts puts before a command, with its two arguments. */
const layOutWords = /\/bin\/sh \/lay-out\.sh \S+ \S+ /

/** That of src/plan/stages/dependency-scripts.ts; its second argument may be empty. */
const useDependenciesWords = /\/bin\/sh \/use-dependencies\.sh \S+ \S* /

/** `[build 3/4] RUN --mount=… ["go","build","./cmd/api"]` is shown as `build: go build ./cmd/api`. */
export function shortenStep(name: string): string {
  const [, stage, instruction] =
    /^\[(?:\S+\/\S+ +)?([a-z0-9-]+)(?: +\d+\/\d+)?\] (.*)$/s.exec(name) ?? []
  if (stage === undefined || instruction === undefined) return name
  const text = instruction
    .replace(/--(?:mount|exclude|chown|chmod)=\S+\s+/g, "")
    // A script of ours: what follows it says what it is about.
    .replace(/"\/bin\/sh","-c","(?:[^"\\]|\\.)*",(?=")/s, "")
    .replace(/\["(.*)"\]$/s, (_, words: string) => words.replaceAll('","', " "))
    .replace(/^RUN /, "")
    // It is the command that people know.
    .replace(layOutWords, "")
    .replace(useDependenciesWords, "")
    .split("\n", 1)[0]
  return `${stage}: ${text}`.slice(0, 110)
}
