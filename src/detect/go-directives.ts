import { UserError } from "../errors.js"

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

/** The line syntax that go.mod and go.work share. https://go.dev/ref/mod#go-mod-file-lexical */
export function parseGoDirectives(text: string, file: string): Directive[] {
  const directives: Directive[] = []
  let block: { verb: Token; line: number; text: string } | undefined
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const line = { file, line: index + 1, text: raw.replace(/\r$/, "") }
    const tokens = tokenize(line)
    const [first, ...rest] = tokens
    if (!first) continue
    if (block) {
      if (first.text === ")" && !first.quoted) {
        if (rest[0])
          throw syntaxError(line, rest[0].column, `expected the end of the line after ")"`)
        block = undefined
      } else {
        directives.push(directive(block.verb, tokens, line))
      }
    } else if (rest[0]?.text === "(" && !rest[0].quoted) {
      if (rest.length === 1) block = { verb: first, line: line.line, text: line.text }
      // `exclude ()`: an empty block on one line.
      else if (rest.length > 2 || rest[1]?.text !== ")") {
        throw syntaxError(line, rest[1]?.column ?? 1, `expected the end of the line after "("`)
      }
    } else if (first.text === ")" || first.text === "(" || first.quoted) {
      throw syntaxError(
        line,
        first.column,
        `expected a directive, found ${JSON.stringify(first.text)}`,
      )
    } else {
      directives.push(directive(first, rest, line, first.column))
    }
  }
  if (block) {
    throw syntaxError(
      { file, line: block.line, text: block.text },
      block.verb.column,
      `the block "${block.verb.text} (" is never closed`,
      "Add a line with `)` after its last entry.",
    )
  }
  return directives
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

function tokenize(line: Line): Token[] {
  const tokens: Token[] = []
  // A comment, an interpreted string, a raw string, punctuation, or a word (which a comment ends only after a blank).
  const pattern =
    /\s*(?:(\/\/.*)|("(?:[^"\\]|\\.)*")|(`[^`]*`)|([()])|((?:(?!\/\/|[\s()"`]).)+)|(\S.*))/gy
  for (const match of line.text.matchAll(pattern)) {
    const [whole, comment, interpreted, raw, punctuation, word, rest] = match
    if (comment !== undefined) break
    const text = interpreted ?? raw ?? punctuation ?? word ?? rest ?? ""
    const column = (match.index ?? 0) + whole.length - text.length + 1
    if (rest !== undefined) {
      throw syntaxError(line, column, `a string is never closed`, "Close it on the same line.")
    }
    tokens.push({
      text:
        interpreted !== undefined
          ? unquote(interpreted, line, column)
          : raw !== undefined
            ? raw.slice(1, -1)
            : text,
      quoted: interpreted !== undefined || raw !== undefined,
      column,
    })
  }
  return tokens
}

function unquote(text: string, line: Line, column: number): string {
  try {
    return JSON.parse(text) as string
  } catch {
    throw syntaxError(line, column, `a string that Go cannot read: ${text}`)
  }
}

function syntaxError(line: Line, column: number, found: string, hint?: string): UserError {
  return new UserError(found, { place: { ...line, column }, hint })
}
