/** Where an image has the launcher (launcher.ts), if its command has variables and there is no shell. */
export const launcherPath = "/usr/local/bin/launch"

/** A command line as it would be typed in a shell, taken apart as far as no shell is needed. */
export interface CommandLine {
  words: string[]
  /** The words as the launcher takes them: see launcher.ts. */
  templates: string[]
  /** The words that stand where a program is named, also behind assignments and operators, with their place in the text. */
  programs: { word: string; start: number; end: number }[]
  /**
   * What only a shell can do: nothing; expansion of variables in an otherwise plain command; or more (pipes, lists,
   * redirections, globs, assignments before the command).
   */
  needs: "nothing" | "expansion" | "shell"
  /** Taken apart at operators; right for plain lists alone, which exec.ts tells from others. */
  commands: SimpleCommand[]
}

export interface SimpleCommand {
  words: { word: string; start: number }[]
  /** The operator behind it: `&&`, `;`, `|`; empty for the last one. */
  operator: string
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`. */
const plainExpansion = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*(?::?-[^${}`'"\\]*)?)\})/

/** POSIX quoting: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 */
export function parseCommandLine(text: string): CommandLine {
  const line: CommandLine = {
    words: [],
    templates: [],
    programs: [],
    needs: "nothing",
    commands: [{ words: [], operator: "" }],
  }
  /** Where an expansion outside of quotes may make several words or none of it, it is split. */
  let word: { text: string; template: string; start: number; isSplit?: boolean } | undefined
  let quote: "'" | '"' | undefined
  let namesProgram = true

  const add = (literal: string, start: number) => {
    word ??= { text: "", template: "", start }
    word.text += literal
    word.template += literal.replaceAll("$", "$$$$")
  }
  const endWord = (end: number) => {
    if (!word) return
    const { text, template, start, isSplit } = word
    word = undefined
    line.words.push(text)
    line.templates.push(isSplit ? template : withoutEmptyQuotes(template))
    line.commands.at(-1)?.words.push({ word: text, start })
    if (!namesProgram || isAssignment(text) || beforePrograms.has(text)) return
    line.programs.push({ word: text, start, end })
    namesProgram = false
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ""
    if (quote === "'") {
      if (char === "'") quote = undefined
      else add(char, i)
    } else if (char === quote) {
      quote = undefined
    } else if (!quote && /[ \t]/.test(char)) {
      endWord(i)
    } else if (!quote && (char === "'" || char === '"')) {
      quote = char
      add("", i)
      if (word && text[i + 1] === char) word.template += "$''"
    } else if (char === "\\") {
      const next = text[++i]
      if (next === undefined || next === "\n") line.needs = "shell"
      else add(quote && !/["\\$`]/.test(next) ? `\\${next}` : next, i - 1)
    } else if (char === "$") {
      const [whole, name, braced] = plainExpansion.exec(text.slice(i)) ?? []
      word ??= { text: "", template: "", start: i }
      word.text += whole ?? char
      // Outside of quotes, a default is expanded further: to file names, and to a home folder.
      if (whole === undefined || (!quote && /[[\]*?~]/.test(whole))) {
        line.needs = "shell"
        continue
      }
      if (line.needs === "nothing") line.needs = "expansion"
      word.isSplit ||= !quote
      word.template += quote ? `\${${name ?? braced}}` : `$[${name ?? braced}]`
      i += whole.length - 1
    } else if (!quote && "|&;()\n".includes(char) && !isRedirection(text, i)) {
      line.needs = "shell"
      endWord(i)
      namesProgram = true
      const isDouble = "&|".includes(char) && text[i + 1] === char
      const operator = isDouble ? char + char : char
      if (isDouble) i++
      const command = line.commands.at(-1)
      if (command) command.operator = operator
      line.commands.push({ words: [], operator: "" })
    } else {
      if (!quote && "|&".includes(char)) line.needs = "shell"
      if (char === "`" || (!quote && isShellSyntax(char, word !== undefined))) line.needs = "shell"
      add(char, i)
    }
  }
  if (quote) line.needs = "shell"
  endWord(text.length)
  if (isAssignment(line.words[0] ?? "")) line.needs = "shell"
  return line
}

/** They matter beside an expansion that may be split. */
function withoutEmptyQuotes(template: string): string {
  if (!template.includes("$")) return template
  return template.replace(/\$(\$|'')/g, (found, what) => (what === "$" ? found : ""))
}

/** `2>&1`, `>|file`: no operator, but a part of what is before it. */
function isRedirection(text: string, at: number): boolean {
  const before = text[at - 1] ?? ""
  return (
    (text[at] === "&" && "<>".includes(before) && before !== "") ||
    (text[at] === "|" && before === ">")
  )
}

export const isAssignment = (word: string) => /^[A-Za-z_]\w*=/.test(word)

/** A shell's own words after which a program may be named. */
const beforePrograms = new Set("exec if then elif else while until do time ! {".split(" "))

function isShellSyntax(char: string, insideWord: boolean): boolean {
  if (char === "#" || char === "~") return !insideWord
  return "<>*?[]!\r".includes(char)
}
