/** A command line as it would be typed in a shell, taken apart as far as no shell is needed. */
export interface CommandLine {
  words: string[]
  /** The words as the launcher takes them: see launcher.ts. */
  templates: string[]
  /** Where the first word ends in the text, for putting another in its place. */
  firstWordEnd: number
  /**
   * What only a shell can do: nothing; expansion of variables in an otherwise plain command; or more (pipes, lists,
   * redirections, globs, assignments before the command).
   */
  needs: "nothing" | "expansion" | "shell"
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`. */
const plainExpansion = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*(?::?-[^${}`'"\\]*)?)\})/

/** POSIX quoting: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 */
export function parseCommandLine(text: string): CommandLine {
  const line: CommandLine = { words: [], templates: [], firstWordEnd: 0, needs: "nothing" }
  let word: { text: string; template: string } | undefined
  let quote: "'" | '"' | undefined

  const add = (literal: string) => {
    word ??= { text: "", template: "" }
    word.text += literal
    word.template += literal.replaceAll("$", "$$$$")
  }
  const endWord = (at: number) => {
    if (!word) return
    line.words.push(word.text)
    line.templates.push(word.template)
    if (line.words.length === 1) line.firstWordEnd = at
    word = undefined
  }
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ""
    if (quote === "'") {
      if (char === "'") quote = undefined
      else add(char)
    } else if (char === quote) {
      quote = undefined
    } else if (!quote && /[ \t]/.test(char)) {
      endWord(i)
    } else if (!quote && (char === "'" || char === '"')) {
      quote = char
      add("")
    } else if (char === "\\") {
      const next = text[++i]
      if (next === undefined || next === "\n") line.needs = "shell"
      else add(quote && !/["\\$`]/.test(next) ? `\\${next}` : next)
    } else if (char === "$") {
      const [whole, name, braced] = plainExpansion.exec(text.slice(i)) ?? []
      word ??= { text: "", template: "" }
      word.text += whole ?? char
      if (whole === undefined) {
        line.needs = "shell"
        continue
      }
      if (line.needs === "nothing") line.needs = "expansion"
      word.template += quote ? `\${${name ?? braced}}` : `$[${name ?? braced}]`
      i += whole.length - 1
    } else {
      if (char === "`" || (!quote && isShellSyntax(char, word !== undefined))) line.needs = "shell"
      add(char)
    }
  }
  if (quote) line.needs = "shell"
  endWord(text.length)
  if (/^[A-Za-z_]\w*=/.test(line.words[0] ?? "")) line.needs = "shell"
  return line
}

function isShellSyntax(char: string, insideWord: boolean): boolean {
  if (char === "#" || char === "~") return !insideWord
  return "|&;<>()*?[]!\n\r".includes(char)
}
