import { hasControlCharacter, UserError } from "../../errors.js"
import { ofAllScripts } from "../all-scripts.js"
import { unquoteGoString } from "../code/go-string.js"
import type { Found } from "../../found.js"

/** One line's worth of go.mod or go.work, blocks taken apart: `require ( a v1 )` gives verb `require`, args `a`, `v1`. */
export class Directive {
  constructor(
    readonly verb: string,
    readonly args: string[],
    readonly file: string,
    /** 1-based. */
    readonly line: number,
    private readonly text: string,
    private readonly columns: number[],
  ) {}

  /** The line's comment, from its slashes on; empty where there is none. */
  get comment(): string {
    return /\/\/.*/.exec(this.text)?.[0] ?? ""
  }

  /** An error at this line, the caret under the verb, or under one of the arguments. */
  error(found: string, hint?: string, argument?: number): UserError {
    const column = argument === undefined ? this.columns[0] : this.columns[argument + 1]
    return new UserError(found, {
      place: {
        file: this.file,
        line: this.line,
        column: column ?? this.columns.at(-1),
        text: this.text,
      },
      hint,
    })
  }
}

/**
 * The line syntax that go.mod and go.work share, as golang.org/x/mod/modfile reads it. `verbs` are those that the file may
 * have. https://go.dev/ref/mod#go-mod-file-lexical
 */
export function parseGoDirectives(
  text: string,
  file: string,
  verbs: readonly string[],
): Directive[] {
  const directives: Directive[] = []
  let block: { verb: Token; line: Line } | undefined
  for (const [index, raw] of text.split("\n").entries()) {
    const line = { file, line: index + 1, text: raw.replace(/\r$/, "") }
    const tokens = tokenize(line)
    const [first, ...rest] = tokens
    if (!first) continue
    if (block) {
      if (isClosing(first)) {
        if (rest[0]) {
          throw syntaxError(line, rest[0].column, `expected the end of the line after ")"`)
        }
        block = undefined
      } else {
        directives.push(directive(block.verb, tokens, line))
      }
      continue
    }
    if (first.quoted || !verbs.includes(first.text)) {
      throw syntaxError(
        line,
        first.column,
        `unknown directive ${JSON.stringify(first.text)}`,
        `A ${file} has: ${verbs.join(", ")}.`,
      )
    }
    const opening = rest.findIndex(isOpening)
    const isBlock = opening >= 0 && rest.slice(opening + 1).every(isClosing)
    if (!isBlock) {
      directives.push(directive(first, rest, line, first.column))
    } else if (opening > 0 || rest.length > 2 || singleLine.includes(first.text)) {
      throw syntaxError(line, rest[opening]?.column ?? 1, "a block is not allowed here")
    } else if (rest.length === 1) {
      block = { verb: first, line }
    }
  }
  if (block) {
    throw syntaxError(
      block.line,
      block.verb.column,
      `the block "${block.verb.text} (" is not closed`,
      "Add a line with `)` after its last entry.",
    )
  }
  return directives
}

/** These stand alone. */
const singleLine = ["go", "toolchain"]

const isOpening = ({ text, quoted }: Token) => text === "(" && !quoted
const isClosing = ({ text, quoted }: Token) => text === ")" && !quoted

/** The argument of a directive that stands at most once, with one argument. */
export function singleValue(directives: readonly Directive[], verb: string) {
  return single(directives, verb)?.found
}

/** https://go.dev/ref/mod#go-mod-file-go, golang.org/x/mod/modfile.GoVersionRE */
export function goLine(directives: readonly Directive[]) {
  const pattern = /^([1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?([a-z]+\d+)?$/
  return version(directives, "go", pattern, "1.25 or 1.25.3")
}

/** https://go.dev/ref/mod#go-mod-file-toolchain; what the go command takes for a toolchain's name. */
export function toolchainLine(directives: readonly Directive[]) {
  const pattern = /^default$|^go1(\.\d+)*([a-z]+\d+)?(-.+)?$/
  return version(directives, "toolchain", pattern, "go1.25.3")
}

function single(directives: readonly Directive[], verb: string) {
  const [first, second] = directives.filter((directive) => directive.verb === verb)
  if (second) {
    throw second.error(
      `a second ${verb} line`,
      `Keep one of lines ${first?.line} and ${second.line}.`,
    )
  }
  if (!first) return undefined
  const [value] = first.args
  if (value === undefined || first.args.length > 1) {
    throw first.error(`${verb} takes one argument, found ${first.args.length}`)
  }
  const found: Found<string> = { value, file: first.file, line: first.line }
  return { directive: first, found }
}

function version(
  directives: readonly Directive[],
  verb: string,
  pattern: RegExp,
  example: string,
): Found<string> | undefined {
  const { directive, found } = single(directives, verb) ?? {}
  if (directive && found && !pattern.test(found.value)) {
    const what = `invalid ${verb} version ${JSON.stringify(found.value)}`
    throw directive.error(what, `Write it like ${example}.`, 0)
  }
  return found
}

interface Line {
  file: string
  line: number
  text: string
}

interface Token {
  text: string
  quoted: boolean
  /** 1-based. */
  column: number
}

function directive(verb: Token, args: Token[], { file, line, text }: Line, verbColumn?: number) {
  const columns = [verbColumn ?? args[0]?.column ?? 1, ...args.map(({ column }) => column)]
  return new Directive(
    verb.text,
    args.map((token) => token.text),
    file,
    line,
    text,
    columns,
  )
}

// A comment, a string, punctuation, a word of printable characters, or what is none of them.
const tokenPattern = ofAllScripts(
  String.raw`[ \t\r]*(?:(\/\/.*)|("(?:[^"\\]|\\.)*")|([()[\]{},])|((?!["\x60])(?:(?!\/[/*]|[()[\]{},])[\p{L}\p{M}\p{N}\p{P}\p{S}])+)|([^ \t\r].*))`,
  "gsy",
)

function tokenize(line: Line): Token[] {
  const tokens: Token[] = []
  for (const match of line.text.matchAll(tokenPattern(line.text))) {
    const [whole, comment, string, punctuation, word, rest] = match
    if (comment !== undefined) break
    const text = string ?? punctuation ?? word ?? rest ?? ""
    const column = match.index + whole.length - text.length + 1
    if (rest !== undefined) throw unreadable(rest, line, column)
    if (word !== undefined && /["`]/.test(word)) {
      throw syntaxError(line, column, "a quote inside a word", "Quote the whole word, or none.")
    }
    tokens.push({
      text: string === undefined ? text : unquote(string, line, column),
      quoted: string !== undefined,
      column,
    })
  }
  return tokens
}

function unreadable(rest: string, line: Line, column: number): UserError {
  if (rest.startsWith("/*")) {
    return syntaxError(line, column, "a /* comment */", "Only // comments are allowed here.")
  }
  if (rest.startsWith("`")) {
    return syntaxError(line, column, "a backquote", "Use double quotes, or none.")
  }
  if (rest.startsWith('"')) {
    return syntaxError(line, column, "a string is not closed", "Close it on the same line.")
  }
  const code = (rest.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")
  const hint = code === "FEFF" ? "Save the file as UTF-8 without a byte order mark." : "Remove it."
  return syntaxError(line, column, `invalid character U+${code}`, hint)
}

function unquote(text: string, line: Line, column: number): string {
  const value = unquoteGoString(text)
  if (value === undefined) {
    throw syntaxError(line, column, `invalid string: ${text}`)
  }
  // Go would read it; neither a path nor a version has one.
  if (hasControlCharacter(value)) {
    throw syntaxError(line, column, `a control character in a string: ${text}`, "Remove it.")
  }
  return value
}

function syntaxError(line: Line, column: number, found: string, hint?: string): UserError {
  return new UserError(found, { place: { ...line, column }, hint })
}
