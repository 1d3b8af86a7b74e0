import { hasControlCharacter, UserError } from "../errors.js"
import { compilePatterns } from "./pattern-matcher.js"
import { parsePattern, type Token } from "./pattern-parser.js"

/**
 * File patterns as both engines read them (moby/patternmatcher, the syntax of .dockerignore): `*`, `?`, `[a-z]`, `**` for
 * any number of folders, a leading `!` for an exception; the last pattern that matches decides, and what matches a folder
 * holds for everything in it. https://docs.docker.com/build/concepts/context/#syntax
 *
 * @param before What patterns before these say.
 */
export function matchPatterns(
  patterns: readonly string[],
  before: (path: string) => boolean = () => false,
): (path: string) => boolean {
  const runs = groupByPolarity(patterns)
  if (runs.length === 0) return before
  return (path) => {
    let matched = before(path)
    for (const { exception, matches } of runs) {
      // A match of the other kind is what could change the answer.
      if (matched === exception && matches(path)) matched = !exception
    }
    return matched
  }
}

interface Run {
  exception: boolean
  matches: (path: string) => boolean
}

/** Neighbours of one kind are matched together: thousands of files are matched against scores of patterns. */
function groupByPolarity(patterns: readonly string[]): Run[] {
  const groups: { exception: boolean; patterns: Token[][] }[] = []
  for (const pattern of patterns) {
    const { exception, rest } = read(pattern)
    const tokens = parsePattern(rest)
    // One that was never checked, and that an engine refuses.
    if (!tokens) continue
    const last = groups.at(-1)
    if (last?.exception === exception) last.patterns.push(tokens)
    else groups.push({ exception, patterns: [tokens] })
  }
  return groups.map(({ exception, patterns }) => ({
    exception,
    matches: compilePatterns(patterns),
  }))
}

export function isPattern(pattern: string): boolean {
  const { exception, rest } = read(pattern)
  return !(exception && rest === "") && parsePattern(rest) !== undefined
}

export function checkPattern(pattern: string, from: string): void {
  if (hasControlCharacter(pattern)) {
    throw new UserError(`a control character in a pattern: ${JSON.stringify(pattern)} (${from})`, {
      hint: "A ? stands for any character.",
    })
  }
  if (isPattern(pattern)) return
  throw new UserError(`not a pattern of files: ${JSON.stringify(pattern)} (${from})`, {
    hint: "A [ starts a set of characters such as [a-z]. Write a backslash before a character that has no special meaning.",
  })
}

/** A pattern that matches this path alone, and what is below it. */
export function literalPattern(path: string): string {
  return (
    path
      .replace(/[\\*?[\]^!#]/g, "\\$&")
      // A pattern is a line without blanks at its ends.
      .replace(/^ +| +$|\p{Cc}/gu, (odd) => "?".repeat(odd.length))
  )
}

/** A person's pattern as the engines take it: `/static` is the one at the root, which to them matches nothing. */
export function fromRoot(pattern: string): string {
  const [, exception = "", rest = ""] = /^(!?)\/*(.*)$/s.exec(pattern.trim()) ?? []
  return exception + clean(rest)
}

/** The engines clean a pattern before they look for the exception's sign: to them, `!./a` is no way to write `!a`. */
function read(pattern: string): { exception: boolean; rest: string } {
  const cleaned = clean(pattern)
  const exception = cleaned.startsWith("!")
  return { exception, rest: exception ? cleaned.slice(1) : cleaned }
}

/** `./static/` is `static`, `a/../b` is `b`. */
function clean(pattern: string): string {
  const parts: string[] = []
  for (const part of pattern.trim().split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop()
    else if (part !== "" && part !== ".") parts.push(part)
  }
  return (pattern.startsWith("/") ? "/" : "") + parts.join("/")
}
