import { commandText, copyText } from "../../src/explain/command-text.js"

/**
 * `[build 3/4] RUN …` is an instruction of the Dockerfile, and `[linux/arm64 build 3/4] RUN …` is one where there are
 * several platforms; `[internal] …` and `exporting …` are not. Of ten steps or more, numbers are padded: `[build  3/10]`.
 */
export function isInstruction(name: string): boolean {
  return /^\[(?:\S+\/\S+ +)?[a-z0-9-]+ +\d+\/\d+\]/.test(name)
}

/** As much of a name as is of use on a line. */
const longest = 110

/** `[build 3/4] RUN --mount=… ["go","build","-trimpath","./cmd/api"]` is shown as `build: go build ./cmd/api`. */
export function shortenStep(name: string): string {
  const [, image] = /^\[context (\S+)\] OCI load from client$/.exec(name) ?? []
  if (image !== undefined) return `load ${image}`
  if (name === "[internal] load build context") return "send the project to the builder"
  const [, stage, instruction] =
    /^\[(?:\S+\/\S+ +)?([a-z0-9-]+)(?: +\d+\/\d+)?\] (.*)$/s.exec(name) ?? []
  if (stage === undefined || instruction === undefined) return name
  const [line = ""] = instructionText(instruction).split("\n")
  // Not in the middle of a character.
  return `${stage}: ${line}`.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")
}

/** What an instruction of the Dockerfile does; as it stands there, where that is not one of those that a plan has. */
function instructionText(instruction: string): string {
  const text = instruction.replace(/--(?:mount|exclude|chown|chmod)=\S+\s+/g, "")
  const words = commandOf(text)
  if (words) return commandText(words)
  const [, folder] = /^WORKDIR (\/.*)$/.exec(text) ?? []
  if (folder !== undefined) return `work in ${folder}`
  const [, file] = /^COPY +<<\S+ (.*)$/.exec(text) ?? []
  if (file !== undefined) return `write ${file}`
  const [, stage, path, to] = /^COPY +(?:--from=(\S+) +)?\[(.*),(.*)\]$/s.exec(text) ?? []
  if (path !== undefined && to !== undefined) return copyText(path, to, stage)
  return text.replace(/^RUN /, "")
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

/** `[build 3/4] …` is the third of the stage `build`, of four; undefined of what is no instruction. */
export function stepPlace(
  name: string,
): { stage: string; number: number; total: number } | undefined {
  const [, stage, number, total] = /^\[(?:\S+\/\S+ +)?([a-z0-9-]+) +(\d+)\/(\d+)\]/.exec(name) ?? []
  return stage === undefined ? undefined : { stage, number: Number(number), total: Number(total) }
}
