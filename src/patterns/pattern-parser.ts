/** A piece of a pattern of files, as moby/patternmatcher reads it. */
export type Token =
  /** This character (a code point). */
  | { kind: "character"; code: number }
  /** `?`: any character but a slash. */
  | { kind: "any" }
  /** `[a-z]`, `[^a-z]`: also a slash, where it is in it. */
  | { kind: "set"; negated: boolean; ranges: readonly (readonly [from: number, to: number])[] }
  /** `*`: any number of characters but slashes. */
  | { kind: "star" }
  /** A double star before anything else: any number of folders, each with its slash. */
  | { kind: "folders" }
  /** A double star at the end: anything. */
  | { kind: "rest" }

const star = codeOf("*")
const question = codeOf("?")
const slash = codeOf("/")
const bracket = codeOf("[")
const closing = codeOf("]")
const backslash = codeOf("\\")
const caret = codeOf("^")
const dash = codeOf("-")
const colon = codeOf(":")

function codeOf(character: string): number {
  return character.charCodeAt(0)
}

/**
 * Reads a pattern, without an exception's `!`; undefined where it is not one. That is so where Go's filepath.Match says so
 * (an engine refuses it then, in words that do not say which), and where an engine's regular expressions would make
 * something else of it than the documentation says: `\d`, `[[:alpha:]]`, `[z-a]`.
 */
export function parsePattern(pattern: string): Token[] | undefined {
  const codes = Array.from(pattern, (character) => character.codePointAt(0) ?? 0)
  const tokens: Token[] = []
  let i = 0
  while (i < codes.length) {
    const code = codes[i++] ?? 0
    if (code === star && codes[i] === star) {
      i++
      const hasSlash = codes[i] === slash
      if (hasSlash) i++
      const isSuffix = tokens.length === 0 && !hasSlash && isPlain(codes, i)
      tokens.push({ kind: i >= codes.length || isSuffix ? "rest" : "folders" })
    } else if (code === star) {
      tokens.push({ kind: "star" })
    } else if (code === question) {
      tokens.push({ kind: "any" })
    } else if (code === bracket) {
      const set = parseSet(codes, i)
      if (!set) return undefined
      tokens.push(set.token)
      i = set.end
    } else if (code === backslash) {
      const escaped = codes[i++]
      if (escaped === undefined || isLetter(escaped)) return undefined
      tokens.push({ kind: "character", code: escaped })
    } else {
      tokens.push({ kind: "character", code })
    }
  }
  return tokens
}

/** Nothing but characters that mean themselves: to moby, a `**` before such a text is any text before it, folders or not. */
function isPlain(codes: readonly number[], from: number): boolean {
  return !codes
    .slice(from)
    .some((code) => [star, question, bracket, closing, backslash].includes(code))
}

/** From behind the bracket. Nothing may be left out of a range, and a set has one member at least. */
function parseSet(codes: readonly number[], start: number) {
  let i = start
  const negated = codes[i] === caret
  if (negated) i++
  const ranges: [number, number][] = []
  const member = (): number | undefined => {
    const code = codes[i++]
    if (code === undefined || code === closing || code === dash) return undefined
    if (code === bracket && codes[i] === colon) return undefined
    // To an engine they are no members, but what they are elsewhere.
    if (code === star || code === question) return undefined
    if (code !== backslash) return code
    const escaped = codes[i++]
    return escaped === undefined || isLetter(escaped) ? undefined : escaped
  }
  do {
    const from = member()
    if (from === undefined) return undefined
    let to: number | undefined = from
    if (codes[i] === dash) {
      i++
      to = member()
    }
    if (to === undefined || to < from) return undefined
    ranges.push([from, to])
  } while (codes[i] !== closing)
  const token: Token = { kind: "set", negated, ranges }
  return { token, end: i + 1 }
}

/** A backslash takes nothing from signs but their meaning; from letters, it gives them one. */
function isLetter(code: number): boolean {
  return code >= 128 || /[A-Za-z0-9]/.test(String.fromCodePoint(code))
}
