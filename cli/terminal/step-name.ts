/**
 * `[build 3/4] RUN …` is an instruction of the Dockerfile, and `[linux/arm64 build 3/4] RUN …` is one where there are
 * several platforms; `[internal] …` and `exporting …` are not. Of ten steps or more, numbers are padded: `[build  3/10]`.
 */
export function isInstruction(name: string): boolean {
  return /^\[(?:\S+\/\S+ +)?[a-z0-9-]+ +\d+\/\d+\]/.test(name)
}

/** Scripts of ours before a command, and how many words they take: the command is what people know. */
const scriptsBefore: Readonly<Record<string, number>> = {
  "/use-dependencies.sh": 2,
  "/project-code.sh": 1,
}

/** Flags of `go build` that are the same in every build, or that only say where the program goes. */
const usualFlag = /^-(?:trimpath|gcflags=all=-dwarf=false|toolexec=\/stamp\.sh|ldflags=.*)$/s

/** As much of a name as is of use on a line. */
const longest = 110

/** `[build 3/4] RUN --mount=… ["go","build","-trimpath","./cmd/api"]` is shown as `build: go build ./cmd/api`. */
export function shortenStep(name: string): string {
  const [, image] = /^\[context (\S+)\] OCI load from client$/.exec(name) ?? []
  if (image !== undefined) return `load ${image}`
  const [, stage, instruction] =
    /^\[(?:\S+\/\S+ +)?([a-z0-9-]+)(?: +\d+\/\d+)?\] (.*)$/s.exec(name) ?? []
  if (stage === undefined || instruction === undefined) return name
  const text = instruction.replace(/--(?:mount|exclude|chown|chmod)=\S+\s+/g, "")
  const words = commandOf(text)
  const [line = ""] = (words ? shortenCommand(words).join(" ") : text.replace(/^RUN /, "")).split(
    "\n",
  )
  // Not in the middle of a character.
  return `${stage}: ${line}`.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")
}

/** Words of `RUN ["go", "build"]`. */
function commandOf(instruction: string): string[] | undefined {
  const [, json] = /^RUN +(\[.*\])$/s.exec(instruction) ?? []
  if (json === undefined) return undefined
  try {
    return JSON.parse(json) as string[]
  } catch {
    // BuildKit takes the backslashes away that stood before quotes in a word.
    return json.slice(2, -2).split('","')
  }
}

function shortenCommand(words: readonly string[]): readonly string[] {
  const [program, script = "", ...others] = words
  if (program === "/bin/sh") {
    if (script === "/system-files.sh" || others[0]?.includes("/system/image/etc/passwd")) {
      return ["certificates, time zones, user"]
    }
    // A script of ours: what follows it says what it is about, but for the file that it writes.
    if (script === "-c" && others.length > 1) {
      return shortenCommand(others.slice(others[1]?.startsWith("/report/") ? 2 : 1))
    }
    const taken = scriptsBefore[script]
    const isBefore = taken !== undefined && (script !== "/project-code.sh" || others[0] === "run")
    if (isBefore) return shortenCommand(others.slice(taken))
    return script.startsWith("-") ? words : [script.replace(/^\//, ""), ...others]
  }
  if (program !== "go" || script !== "build") return words
  return words.filter((word, i) => !usualFlag.test(word) && word !== "-o" && words[i - 1] !== "-o")
}

/** `[build 3/4] …` is the third of the stage `build`; undefined of what is no instruction. */
export function stepPlace(name: string): { stage: string; number: number } | undefined {
  const [, stage, number] = /^\[(?:\S+\/\S+ +)?([a-z0-9-]+) +(\d+)\/\d+\]/.exec(name) ?? []
  return stage === undefined ? undefined : { stage, number: Number(number) }
}
