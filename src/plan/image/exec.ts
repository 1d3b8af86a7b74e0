import {
  isAssignment,
  type CommandLine,
  type SimpleCommand,
} from "../../detect/project/command-line.js"

/**
 * Where `exec` goes in a command for a shell, so that the program that runs last takes the shell's place and gets the
 * container's signals: before the last command of a plain list (`a && b`, `a; b`, `a || b`, `a & b`), whose exit code is
 * the list's. `there` where it does so already; `own` where the command looks after signals itself; `none` where the shell
 * must stay: pipes, background jobs, subshells, compound commands, its own builtins.
 */
export function lastProgram(text: string, line: CommandLine): number | "there" | "own" | "none" {
  const commands = withoutComment(text, line)
  const firsts = commands.map(({ words }) => words.find(({ word }) => !isAssignment(word)))
  if (firsts.some((first) => first?.word === "trap")) return "own"
  const isPlain = commands.every(({ operator }) => !"()".includes(operator) || operator === "")
  if (!isPlain || substitution.test(text)) return "none"
  if (firsts.some((first) => first && compound.has(first.word))) return "none"
  // `a; b;` and a last line's end.
  const end = commands.findLastIndex(({ words }) => words.length > 0)
  const last = commands[end]
  const program = firsts[end]
  if (!last || !program || !/^[;\n]?$/.test(last.operator)) return "none"
  if (commands[end - 1]?.operator === "|") return "none"
  if (program.word === "exec") return "there"
  return builtins.has(program.word) || /^\d*[<>]/.test(program.word) ? "none" : program.start
}

/** Up to a comment at the end of the only line. */
function withoutComment(text: string, { commands }: CommandLine): SimpleCommand[] {
  if (text.includes("\n")) return commands
  const isComment = ({ start }: { start: number }) => text[start] === "#"
  const at = commands.findIndex(({ words }) => words.some(isComment))
  const command = commands[at]
  if (!command) return commands
  const words = command.words.slice(0, command.words.findIndex(isComment))
  return [...commands.slice(0, at), { words, operator: "" }]
}

/** In these, and in what is below a here-document, operators are none of the list. */
const substitution = /`|\$\(|<<|\$'|\$\{(?!\w+(?::?-[^${}`'"\\;&|()]*)?\})/

/** Words after which it is no simple command that ends. */
const compound = new Set("if while until for case function { ! time then do else".split(" "))

/** What a shell does itself, and often no program of that name is there. */
const builtins = new Set(
  ". : [ alias bg break cd command continue echo eval exit export false fc fg getopts hash jobs kill local printf pwd read readonly return set shift source test times true type ulimit umask unalias unset wait".split(
    " ",
  ),
)
