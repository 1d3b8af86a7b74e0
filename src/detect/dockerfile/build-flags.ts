import { readLinkerFlags } from "../../settings/go-flags.js"
import { kindOfName, type StampKind } from "../stamp/stamp-variables.js"
import { goFlags, isLibrary } from "./commands.js"
import { readPairs, type Instruction, type Stage } from "./instructions.js"
import { commandsOf } from "./shell-commands.js"

/** What one `go build` is told besides its packages, as written. */
export interface BuildFlags {
  line: number
  /** `NAME=value` before it, or exported. */
  environment: [name: string, value: string][]
  flags: { name: string; value?: string }[]
}

/** A variable that the linker sets, with what stands for its value here. */
export interface LinkedVariable {
  symbol: string
  /** A value or a template; undefined where it is known only to whoever builds. */
  value?: string
  line: number
}

/** The flags of all `go build` lines; variables of the Dockerfile or of the shell that hold flags are replaced. */
export function readBuildFlags(stages: readonly Stage[]): BuildFlags[] {
  const holders = new Map<string, string>()
  return stages
    .flatMap(({ instructions }) => instructions)
    .flatMap((each) => {
      if (each.name === "ARG" || each.name === "ENV") {
        for (const [name, value] of readPairs(each.written)) holders.set(name, value)
      }
      return each.name === "RUN" ? flagsOf(each, holders) : []
    })
}

function flagsOf({ written, line }: Instruction, ofFile: ReadonlyMap<string, string>) {
  const holders = new Map(ofFile)
  const exported: [string, string][] = []
  return commandsOf(written).flatMap((command): BuildFlags[] => {
    const go = command.findIndex((word) => /(?:^|\/)(?:xx-)?go$/.test(word))
    const before = (go < 0 ? command : command.slice(0, go)).flatMap(pairOf)
    if (go < 0 || !/^(?:build|install)$/.test(command[go + 1] ?? "")) {
      if (command[0] === "export") exported.push(...before)
      for (const [name, value] of before) holders.set(name, value)
      return []
    }
    const words = command.slice(go + 2).flatMap((word, index, all) => {
      const given = withFlags(word, holders)
      // `-ldflags "$LDFLAGS"` is one value.
      const [, flag = ""] = /^--?(\w+)$/.exec(all[index - 1] ?? "") ?? []
      return goFlags.has(flag) ? [given.join(" ")] : given
    })
    if (words.some((word) => !word.startsWith("-") && word.includes("@"))) return []
    const flags: BuildFlags["flags"] = []
    for (let index = 0; index < words.length; index++) {
      const [, name = "", joined] = /^--?(\w+)(?:=(.*))?$/s.exec(words[index] ?? "") ?? []
      if (name === "") continue
      const value = joined ?? (goFlags.has(name) ? words[++index] : undefined)
      flags.push({ name, ...(value !== undefined && { value }) })
    }
    // A library is no program of the image, and its flags are none of the image's.
    const library = flags.filter(({ name, value }) => name === "buildmode" && isLibrary(value))
    if (library.length > 0) return [{ line, environment: [], flags: library }]
    return [{ line, environment: [...exported, ...before], flags }]
  })
}

function pairOf(word: string): [string, string][] {
  const [, name, value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? []
  return name === undefined ? [] : [[name, value]]
}

/** With the flags that a variable holds; one that holds something else stays, since its name says what it is. */
function withFlags(text: string, holders: ReadonlyMap<string, string>, depth = 0): string[] {
  const replaced = text.replace(variable, (whole, braced?: string, plain?: string) => {
    const value = holders.get(braced ?? plain ?? "")
    const isFlags = value !== undefined && (value === "" || /^\s*-|\s-X[ =]/.test(value))
    return !isFlags || depth > 4 ? whole : withFlags(value, holders, depth + 1).join(" ")
  })
  // Of a word that was nothing but a variable, the flags are words of their own.
  const isWhole = replaced !== text && /^\$\{?\w+\}?$/.test(text)
  return isWhole ? replaced.split(/\s+(?=-)/) : [replaced]
}

const variable = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g
/** `$(git describe --tags)`, in which blanks end no word. */
const substitution = /\$\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|`[^`]*`/g

/** What `-ldflags` say, read as a shell would leave it. */
export function readLinked(text: string) {
  const hidden: string[] = []
  const plain = text.replace(substitution, (each) => `\uE000${hidden.push(each) - 1}\uE001`)
  const shown = (each: string) =>
    each.replace(/\uE000(\d+)\uE001/g, (_, index: string) => hidden[Number(index)] ?? "")
  const { linkerValues, staticLink, notHonoured } = readLinkerFlags(plain)
  return {
    staticLink,
    linkerValues: linkerValues.map(shown),
    notHonoured: notHonoured.map(shown),
  }
}

/** Of all its `go build` lines; a variable that several set counts once. */
export function findLinked(stages: readonly Stage[]): LinkedVariable[] {
  const defaults = new Map(
    stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name }) => name === "ARG" || name === "ENV")
      .flatMap(({ text }) => readPairs(text)),
  )
  const found = new Map<string, LinkedVariable>()
  for (const { flags, line } of readBuildFlags(stages)) {
    for (const { name, value } of flags) {
      if (name !== "ldflags") continue
      for (const text of readLinked(value ?? "").linkerValues) {
        const each = linkedVariable(text, line, defaults)
        if (each && !found.has(each.symbol)) found.set(each.symbol, each)
      }
    }
  }
  return [...found.values()]
}

/** `main.version=$VERSION` is `main.version={{.Tag}}` here. */
export function linkedVariable(
  text: string,
  line: number,
  defaults: ReadonlyMap<string, string> = new Map(),
): LinkedVariable | undefined {
  const [, written = "", value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  const known = (all: string) =>
    all.replace(variable, (whole, a?: string, b?: string) => defaults.get(a ?? b ?? "") ?? whole)
  const symbol = known(written)
  if (!/^[^\s'"=$]+\.[\p{L}_][\p{L}\p{Nd}_]*$/u.test(symbol)) return undefined
  if (!/[$`]|\{\{/.test(value)) return { symbol, value, line }
  const template = templateFor(symbol, value)
  if (template !== undefined) return { symbol, value: template, line }
  const filled = known(value)
  const isKnown = filled !== "" && !/[$`]|\{\{/.test(filled)
  return { symbol, line, ...(isKnown && { value: filled }) }
}

const templates: Readonly<Record<StampKind, string>> = {
  version: "{{.Tag}}",
  commit: "{{.Commit}}",
  shortCommit: "{{.ShortCommit}}",
  date: "{{.Date}}",
  tag: "{{.Tag}}",
  treeState: "{{.GitTreeState}}",
}

/** By the command that the value is the output of, else by the name of either variable. */
function templateFor(symbol: string, value: string): string | undefined {
  const byCommand: [RegExp, StampKind][] = [
    [/\bgit\b.*\bdescribe\b/s, "version"],
    [/\bgit\b.*\brev-parse\b.*--short/s, "shortCommit"],
    [/\bgit\b.*\brev-parse\b/s, "commit"],
    [/(?:\$\(|`)\s*date\b/, "date"],
  ]
  const kind =
    byCommand.find(([pattern]) => pattern.test(value))?.[1] ??
    kindOfName(symbol.slice(symbol.lastIndexOf(".") + 1)) ??
    [...value.matchAll(/\$\{?(\w+)|\.Env\.(\w+)/g)]
      .map(([, shell, env]) => kindOfName(shell ?? env ?? ""))
      .find((each) => each !== undefined)
  return kind && templates[kind]
}
