import { unquote } from "./instructions.js"

/** The words of each simple command of a shell's line, without those of a branch that is never taken. */
export function commandsOf(text: string): string[][] {
  const commands: string[][] = [[]]
  const tokens = text
    .replaceAll("\\\n", "")
    .matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\$\([^)]*\)|`[^`]*`|\\.|[^\s"'`;&|()])+|[;&|()]+|\n/gs)
  for (const [token] of tokens) {
    if (/^(?:[;&|()]+|\n)$/.test(token)) commands.push([])
    else commands.at(-1)?.push(unquote(token))
  }
  return withoutDeadBranches(commands.filter((command) => command.length > 0))
}

/** `if [ "false" = "true" ]; then …; fi`, as an argument of a build with a default leaves it. */
function withoutDeadBranches(commands: readonly string[][]): string[][] {
  const taken: string[][] = []
  /** Of each `if` around: whether its condition holds, where that is known, and which part of it this is. */
  const open: { holds?: boolean; part: "if" | "then" | "else" }[] = []
  for (const command of commands) {
    const [word = "", next] = command
    const inside = open.at(-1)
    if (inside && word === "then") {
      if (inside.part === "if") inside.part = "then"
    } else if (inside && word === "else") inside.part = "else"
    else if (inside && word === "elif") {
      // What follows depends on a further condition.
      if (inside.holds === true) inside.part = "else"
      else Object.assign(inside, { holds: undefined, part: "if" })
    } else if (inside && word === "fi") open.pop()
    // `then if …` begins one in another.
    const words = next === "if" && opening.has(word) ? command.slice(1) : command
    if (words[0] === "if") open.push({ holds: evaluateTest(words.slice(1)), part: "if" })
    const isDead = open.some(
      ({ holds, part }) =>
        (part === "then" && holds === false) || (part === "else" && holds === true),
    )
    if (!isDead) taken.push(command)
  }
  return taken
}

const opening = new Set(["then", "else", "do", "{"])

/** Of `[ a = b ]`, `[[ a != b ]]`, where both are known. */
function evaluateTest(words: readonly string[]): boolean | undefined {
  const [open, left, operator, right, close, more] = words
  if (!/^\[\[?$/.test(open ?? "") || !/^\]\]?$/.test(close ?? "") || more !== undefined)
    return undefined
  if (left === undefined || right === undefined || /[$`]/.test(left + right)) return undefined
  if (operator === "=" || operator === "==") return left === right
  return operator === "!=" ? left !== right : undefined
}
