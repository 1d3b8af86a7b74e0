import { UserError } from "../errors.js"

/**
 * File patterns as both engines read them (moby/patternmatcher, the syntax of .dockerignore): `*`, `?`, `[a-z]`, `**` for
 * any number of folders, a leading `!` for an exception; the last pattern that matches decides, and what matches a folder
 * holds for everything in it. https://docs.docker.com/build/concepts/context/#syntax
 */
export function matchPatterns(patterns: readonly string[]): (path: string) => boolean {
  const runs = groupByPolarity(patterns)
  return (path) => {
    let matched = false
    for (const { exception, expression } of runs) {
      // A match of the other kind is what could change the answer.
      if (matched === exception && expression.test(path)) matched = !exception
    }
    return matched
  }
}

interface Run {
  exception: boolean
  expression: RegExp
}

/** Neighbours of one kind become one expression: thousands of files are matched against scores of patterns. */
function groupByPolarity(patterns: readonly string[]): Run[] {
  const groups: { exception: boolean; sources: string[] }[] = []
  for (const pattern of patterns) {
    const exception = pattern.startsWith("!")
    const source = toExpression(clean(exception ? pattern.slice(1) : pattern))
    const last = groups.at(-1)
    if (last?.exception === exception) last.sources.push(source)
    else groups.push({ exception, sources: [source] })
  }
  return groups.map(({ exception, sources }) => ({ exception, expression: combine(sources) }))
}

const anyFolders = "(?:.*/)?"

function combine(sources: readonly string[]): RegExp {
  const anywhere = sources.filter((source) => source.startsWith(anyFolders))
  const anchored = sources.filter((source) => !source.startsWith(anyFolders))
  const alternatives = [
    ...(anywhere.length > 0
      ? [`${anyFolders}(?:${anywhere.map((each) => each.slice(anyFolders.length)).join("|")})`]
      : []),
    ...anchored,
  ]
  return new RegExp(`^(?:${alternatives.join("|")})(?:/.*)?$`, "su")
}

/** As Go's filepath.Match has it: an engine refuses the others when it builds, in words that do not say which. */
const wellFormed =
  /^(?:[^[\\]|\\.|\[(?:\^|(?!\^))(?:(?:[^\\\]-]|\\.)(?:-(?:[^\\\]-]|\\.))?)+\])*$/su

export function checkPattern(pattern: string, from: string): void {
  if (wellFormed.test(pattern)) return
  throw new UserError(`not a pattern of files: ${JSON.stringify(pattern)} (${from})`, {
    hint: "A [ starts a set of letters such as [a-z], and a backslash stands before a sign that means itself.",
  })
}

/** A person's pattern as the engines take it: `/static` is the one at the root, which to them matches nothing. */
export function fromRoot(pattern: string): string {
  const [, exception = "", rest = ""] = /^(!?)\/*(.*)$/s.exec(pattern.trim()) ?? []
  return exception + rest
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

const set = /^\[(\^?)((?:[^\\\]]|\\.)+)\]/su

function toExpression(pattern: string): string {
  let expression = ""
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? ""
    if (char === "*" && pattern[i + 1] === "*") {
      i++
      if (pattern[i + 1] === "/") i++
      expression += i + 1 >= pattern.length ? ".*" : anyFolders
    } else if (char === "*") {
      expression += "[^/]*"
    } else if (char === "?") {
      expression += "[^/]"
    } else if (char === "[" && set.exec(pattern.slice(i))) {
      const [whole = "", negation = "", members = ""] = set.exec(pattern.slice(i)) ?? []
      const plain = members.replace(/\\([^\\\]^-])/gu, "$1")
      expression += `[${negation}${plain}]`
      i += whole.length - 1
    } else if (char === "\\" && i + 1 < pattern.length) {
      expression += escape(pattern[++i] ?? "")
    } else {
      expression += escape(char)
    }
  }
  return expression
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
}
