import { shellWord } from "./words.js"

/** What stands behind RUN: parts of its line, or a script below it. */
export interface Run {
  words: string[]
  heredoc?: string
}

/** What runs, for a shell as a person writes it; exactly where a Dockerfile cannot have it otherwise. */
export function runOf(args: readonly string[]): Run {
  return asScript(args) ?? asCommand(args) ?? { words: [JSON.stringify(args)] }
}

/** Whether a shell runs it, which has variables. */
export function isForShell(args: readonly string[]): boolean {
  return (asScript(args) ?? asCommand(args)) !== undefined
}

/** Several in one instruction, the second where the first has not failed; undefined where one is no simple command. */
export function runOfAll(commands: readonly (readonly string[])[]): Run | undefined {
  const runs = commands.map(asCommand)
  if (!runs.every((run) => run !== undefined)) return undefined
  return {
    words: runs.flatMap(({ words: [first = "", ...more] }, index) => [
      index > 0 ? `&& ${first}` : first,
      ...more,
    ]),
  }
}

/** A program and its arguments on lines that fit a screen; undefined where a Dockerfile's line cannot have them. */
function asCommand(args: readonly string[]): Run | undefined {
  return args.every(fitsShell) ? { words: wrap(args.map(shellWord)) } : undefined
}

/** BuildKit looks for heredocs, options and JSON in what is a shell's. */
function fitsShell(word: string, index: number): boolean {
  // eslint-disable-next-line no-control-regex -- those are meant
  return !/[\0-\x1F\x7F\u0085\u2028\u2029]|<</.test(word) && (index > 0 || /^[\w./]/.test(word))
}

const lineLength = 100

function wrap(words: readonly string[]): string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < lineLength) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(lines.length === 0 ? word : `  ${word}`)
  }
  return lines
}

/** A script of ours with the words that it was given in their places. */
function asScript(args: readonly string[]): Run | undefined {
  const [shell, option, script = "", ...words] = args
  if (shell !== "/bin/sh" || option !== "-c" || !words.every((each) => fitsShell(each, 1))) return
  const places = /"\$(?:([@0-9])|\{(\d+)\})"/g
  // One that takes its words in turn keeps them.
  if (/\$(?:[@*#\d]|\{[@*#\d])|\bshift\b|\bset --/.test(script.replace(places, ""))) return
  const text = script.replace(places, (_, short: string | undefined, long: string) => {
    if (short === "@") return wrap(words.slice(1).map(shellWord)).join(" \\\n")
    return shellWord(words[Number(short ?? long)] ?? "")
  })
  return /\n./.test(text)
    ? { words: [], heredoc: text.replace(/\n?$/, "\n") }
    : { words: [text.trimEnd()] }
}
