/** An instruction, its continued lines joined; variables that the Dockerfile itself gives a value are replaced. */
export interface Instruction {
  name: string
  text: string
  /** With its variables. */
  written: string
  /** Where it begins, 1-based. */
  line: number
}

/** From one FROM to the next. */
export interface Stage {
  base: string
  name?: string
  /** Of its FROM. */
  line: number
  instructions: Instruction[]
}

/** https://docs.docker.com/reference/dockerfile/ */
export function parseStages(text: string): Stage[] {
  const stages: Stage[] = []
  const variables = new Map<string, string>()
  for (const { name, text: raw, line } of readInstructions(text)) {
    const value = expand(raw, variables)
    if (name === "FROM") {
      const words = value.split(/\s+/).filter((word) => !word.startsWith("--"))
      const [base = "", as, stage] = words
      const named = as?.toLowerCase() === "as" ? stage : undefined
      stages.push({ base, name: named, line, instructions: [] })
    } else {
      if (name === "ARG" || name === "ENV") {
        for (const [key, each] of readPairs(value)) variables.set(key, each)
      }
      stages.at(-1)?.instructions.push({ name, text: value, written: raw, line })
    }
  }
  return stages
}

/** All that the last stage is made of, with the stages that it is based on. */
export function finalInstructions(stages: readonly Stage[]): Instruction[] {
  const all: Instruction[] = []
  let index = stages.length - 1
  while (index >= 0) {
    const { base = "", instructions = [] } = stages[index] ?? {}
    all.unshift(...instructions)
    // A stage is based on one before it.
    index = stages.slice(0, index).findLastIndex(({ name }) => name === base)
  }
  return all
}

/** Of the last stage, the image that it begins with, through the stages that it is based on. */
export function baseOf(stages: readonly Stage[]): string {
  const { base = "" } = stages.at(-1) ?? {}
  const index = stages.slice(0, -1).findLastIndex(({ name }) => name === base)
  return index < 0 ? base : baseOf(stages.slice(0, index + 1))
}

/** Docker's image of Go, from wherever it is. */
export function isGo(base = ""): boolean {
  return /(?:^|\/)golang(?:[:@]|$)/.test(base)
}

/** One that front ends are built on. */
export function isNode(base: string): boolean {
  return /(?:^|\/)(?:node|bun|deno)(?:[:@]|$)/.test(base)
}

/** `["serve", "--port=80"]`, and `serve --port=80` where no shell is needed for it. */
export function wordsOf(text: string): string[] | undefined {
  if (text.startsWith("[")) {
    try {
      const list: unknown = JSON.parse(text)
      return Array.isArray(list) && list.every((each) => typeof each === "string")
        ? list
        : undefined
    } catch {
      return undefined
    }
  }
  return /[$`"'\\|&;<>()*?#~]/.test(text) ? undefined : text.split(/\s+/).filter(Boolean)
}

/** `NAME=value NAME="another value"`, and the older `NAME value`. */
export function readPairs(text: string): [string, string][] {
  const older = /^([A-Za-z_]\w*)\s+(.+)$/s.exec(text)
  if (older && !/^\w+=/.test(text)) return [[older[1] ?? "", unquote(older[2] ?? "")]]
  const pairs = text.matchAll(/([A-Za-z_]\w*)=((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])*)/gs)
  return [...pairs].map(([, name = "", value = ""]) => [name, unquote(value)])
}

export function unquote(text: string): string {
  return text.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/gs, (_, double?: string, single?: string) =>
    double === undefined ? (single ?? "") : double.replace(/\\(["\\$])/g, "$1"),
  )
}

function readInstructions(text: string): Omit<Instruction, "written">[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/)
  const found: Omit<Instruction, "written">[] = []
  for (let index = 0; index < lines.length; index++) {
    const [, name = "", start = ""] = /^\s*([A-Za-z]+)\s+(.*)$/s.exec(lines[index] ?? "") ?? []
    if (name === "") continue
    const line = index + 1
    const parts = [start]
    while (/\\\s*$/.test(parts.at(-1) ?? "") && index + 1 < lines.length) {
      // Comments and empty lines between continued lines are none of the instruction's.
      const next = lines[++index] ?? ""
      const isText = !/^\s*(?:#|$)/.test(next)
      if (isText) parts.push(next)
    }
    const words = parts.map((part) => part.replace(/\\\s*$/, "")).join(" ")
    const heredoc = /^(?:RUN|COPY|ADD)$/i.test(name)
      ? /<<-?["']?(\w+)["']?/.exec(words)?.[1]
      : undefined
    const body: string[] = []
    if (heredoc !== undefined) {
      while (index + 1 < lines.length && (lines[++index] ?? "").trim() !== heredoc) {
        body.push(lines[index] ?? "")
      }
    }
    found.push({ name: name.toUpperCase(), text: [words, ...body].join("\n").trim(), line })
  }
  return found
}

/** A variable without a value of its own stays as it is written. */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^${}]*))?\})/g,
    (all, plain?: string, braced?: string, otherwise?: string) =>
      variables.get(plain ?? braced ?? "") ?? otherwise ?? all,
  )
}
