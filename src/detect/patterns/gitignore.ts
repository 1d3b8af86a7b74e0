import { compilePatterns } from "../../patterns/pattern-matcher.js"
import type { Token } from "../../patterns/pattern-parser.js"

/**
 * What .gitignore files say of a folder's files, as Git reads them: of the files on the way to a path, the one nearest to it
 * decides, in it the last pattern that matches; and nothing below an ignored folder can be taken back.
 * https://git-scm.com/docs/gitignore
 *
 * @param texts Of .gitignore files, by their paths.
 * @returns Which of them ignores a path; undefined where none does. A folder's path ends in a slash.
 */
export function readGitignores(
  texts: ReadonlyMap<string, string>,
): (path: string) => string | undefined {
  const files = new Map(
    [...texts].map(([path, text]) => {
      const folder = path.slice(0, path.lastIndexOf("/") + 1)
      return [folder, { path, decide: readGitignore(text) }]
    }),
  )
  if (files.size === 0) return () => undefined
  const known = new Map<string, string | undefined>()
  const ofFolder = (folder: string): string | undefined => {
    if (folder === "") return undefined
    if (known.has(folder)) return known.get(folder)
    const ignoring = decide(folder)
    known.set(folder, ignoring)
    return ignoring
  }
  const decide = (path: string): string | undefined => {
    const parent = parentOf(path)
    const above = ofFolder(parent)
    if (above !== undefined) return above
    for (let folder: string | undefined = parent; folder !== undefined;) {
      const file = files.get(folder)
      const ignored = file?.decide(path.slice(folder.length))
      if (file && ignored !== undefined) return ignored ? file.path : undefined
      folder = folder === "" ? undefined : parentOf(folder)
    }
    return undefined
  }
  return (path) => (path.endsWith("/") ? ofFolder(path) : decide(path))
}

/** With its slash; empty for the root. */
function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/", path.length - 2) + 1)
}

interface Rule {
  /** Without its sign and the slashes around it. */
  text: string
  negated: boolean
  /** Holds for folders alone. */
  folders: boolean
  /** Is held against the last part of a path. */
  names: boolean
  tokens: Token[]
}

/** Whether a path relative to the file's folder is ignored; undefined where no pattern matches it. */
function readGitignore(text: string): (path: string) => boolean | undefined {
  const groups: (Kind & { patterns: Token[][] })[] = []
  for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
    const rule = parseLine(line.replace(/\r$/, ""))
    if (!rule) continue
    const { tokens, negated, folders, names } = rule
    const kind = { negated, folders, names }
    const last = groups.at(-1)
    if (last && isSame(last, kind)) last.patterns.push(tokens)
    else groups.push({ ...kind, patterns: [tokens] })
  }
  const compiled = groups
    .map(({ patterns, ...kind }) => ({ ...kind, matches: compilePatterns(patterns, "whole") }))
    .reverse()
  return (path) => {
    const isFolder = path.endsWith("/")
    const whole = bytes(isFolder ? path.slice(0, -1) : path)
    const name = whole.slice(whole.lastIndexOf("/") + 1)
    const found = compiled.find(
      ({ folders, names, matches }) => (isFolder || !folders) && matches(names ? name : whole),
    )
    return found && !found.negated
  }
}

type Kind = Omit<Rule, "tokens" | "text">

function isSame(one: Kind, other: Kind): boolean {
  return one.negated === other.negated && one.folders === other.folders && one.names === other.names
}

/** Git compares bytes: to it, ü are two characters. */
function bytes(text: string): string {
  return /^[\0-~]*$/.test(text) ? text : Buffer.from(text).toString("latin1")
}

/** Undefined for a comment, and for what never matches anything. */
export function parseLine(line: string): Rule | undefined {
  if (line.startsWith("#")) return undefined
  let pattern = withoutBlanks(line)
  const negated = pattern.startsWith("!")
  if (negated) pattern = pattern.slice(1)
  const folders = pattern.endsWith("/")
  if (folders) pattern = pattern.slice(0, -1)
  const names = !pattern.includes("/")
  if (pattern.startsWith("/")) pattern = pattern.slice(1)
  if (pattern === "") return undefined
  const tokens = parseTokens(bytes(pattern), names)
  return tokens && { text: pattern, negated, folders, names, tokens }
}

/** At the end, unless a backslash is before one. */
function withoutBlanks(line: string): string {
  let end = line.length
  while (line[end - 1] === " " && !isEscaped(line, end - 1)) end--
  return line.slice(0, end)
}

function isEscaped(line: string, position: number): boolean {
  let start = position
  while (line[start - 1] === "\\") start--
  return (position - start) % 2 === 1
}

const slash = "/".charCodeAt(0)

/** Undefined for what never matches anything. */
function parseTokens(pattern: string, names: boolean): Token[] | undefined {
  const tokens: Token[] = []
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]
    if (char === "*") {
      const start = i
      while (pattern[i + 1] === "*") i++
      const isWhole =
        i > start && !names && (start === 0 || pattern[start - 1] === "/") && isSlashOrEnd(i + 1)
      if (!isWhole) tokens.push({ kind: "star" })
      else if (i + 1 >= pattern.length) tokens.push({ kind: "rest" })
      else {
        tokens.push({ kind: "folders" })
        i++
      }
    } else if (char === "?") {
      tokens.push({ kind: "any" })
    } else if (char === "[") {
      const set = parseSet(pattern, i + 1)
      if (!set) return undefined
      tokens.push(set.token)
      i = set.end
    } else {
      if (char === "\\") i++
      if (i >= pattern.length) return undefined
      tokens.push({ kind: "character", code: pattern.charCodeAt(i) })
    }
  }
  return tokens

  function isSlashOrEnd(position: number): boolean {
    return position >= pattern.length || pattern[position] === "/"
  }
}

type Range = readonly [from: number, to: number]

const range = (from: string, to = from): Range => [from.charCodeAt(0), to.charCodeAt(0)]
const letters = [range("A", "Z"), range("a", "z")]
const digits = [range("0", "9")]

const classes: Readonly<Record<string, readonly Range[]>> = {
  alnum: [...letters, ...digits],
  alpha: letters,
  blank: [range("\t"), range(" ")],
  cntrl: [range("\0", "\x1f"), range("\x7f")],
  digit: digits,
  graph: [range("!", "~")],
  lower: [range("a", "z")],
  print: [range(" ", "~")],
  punct: [range("!", "/"), range(":", "@"), range("[", "`"), range("{", "~")],
  space: [range("\t", "\r"), range(" ")],
  upper: [range("A", "Z")],
  xdigit: [...digits, range("A", "F"), range("a", "f")],
}

/** From behind the bracket; `end` is where its closing one stands. */
function parseSet(pattern: string, start: number): { token: Token; end: number } | undefined {
  const ranges: Range[] = []
  let i = start
  const negated = pattern[i] === "!" || pattern[i] === "^"
  if (negated) i++
  let before: number | undefined
  do {
    const char = pattern[i]
    if (char === undefined) return undefined
    const named = char === "[" && pattern[i + 1] === ":" ? readClass(pattern, i) : undefined
    if (named) {
      const members = classes[named.name]
      if (!members) return undefined
      ranges.push(...members)
      i = named.end
      before = undefined
    } else if (char === "-" && before !== undefined && !["]", undefined].includes(pattern[i + 1])) {
      if (pattern[++i] === "\\") i++
      if (i >= pattern.length) return undefined
      ranges.push([before, pattern.charCodeAt(i)])
      before = undefined
    } else {
      if (char === "\\") i++
      if (i >= pattern.length) return undefined
      before = pattern.charCodeAt(i)
      ranges.push([before, before])
    }
    i++
  } while (pattern[i] !== "]")
  return { token: { kind: "set", negated, ranges: withoutSlash(ranges, negated) }, end: i }
}

/** Undefined where it is a bracket like any other. */
function readClass(pattern: string, start: number): { name: string; end: number } | undefined {
  const end = pattern.indexOf("]", start + 2)
  if (end < 0) return { name: "", end: pattern.length }
  if (end < start + 3 || pattern[end - 1] !== ":") return undefined
  return { name: pattern.slice(start + 2, end - 1), end }
}

/** A slash is in no set. */
function withoutSlash(ranges: readonly Range[], negated: boolean): Range[] {
  if (negated) return [...ranges, [slash, slash]]
  return ranges.flatMap(([from, to]): Range[] =>
    from <= slash && slash <= to
      ? [
          [from, slash - 1],
          [slash + 1, to],
        ]
      : [[from, to]],
  )
}
