/** A command line as it would be typed in a shell, taken apart as far as no shell is needed. */
export interface CommandLine {
  words: string[]
  /** Where the first word ends in the text, for putting another in its place. */
  firstWordEnd: number
  /**
   * What only a shell can do: nothing; expansion of variables in an otherwise plain command; or more (pipes, lists,
   * redirections, globs, assignments before the command).
   */
  needs: "nothing" | "expansion" | "shell"
}

/** POSIX quoting: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 */
export function parseCommandLine(text: string): CommandLine {
  const words: string[] = []
  let word: string | undefined
  let firstWordEnd = 0
  let needs: CommandLine["needs"] = "nothing"
  const need = (what: "expansion" | "shell") => {
    if (needs !== "shell") needs = what
  }
  let quote: "'" | '"' | undefined
  for (let i = 0; i <= text.length; i++) {
    const char = text[i]
    if (quote && char === undefined) need("shell")
    if (char === undefined || (!quote && /[ \t]/.test(char))) {
      if (word !== undefined) words.push(word)
      if (words.length === 1 && word !== undefined) firstWordEnd = i
      word = undefined
    } else if (quote === "'") {
      if (char === "'") quote = undefined
      else word = (word ?? "") + char
    } else if (char === "\\") {
      const next = text[++i]
      const isLiteral = quote === '"' && next !== undefined && !/["\\$`]/.test(next)
      if (next === undefined || next === "\n") need("shell")
      else word = (word ?? "") + (isLiteral ? "\\" : "") + next
    } else if (char === quote) {
      quote = undefined
    } else if (!quote && (char === "'" || char === '"')) {
      quote = char
      word ??= ""
    } else {
      if (char === "$") need(isPlainExpansion(text.slice(i)) ? "expansion" : "shell")
      else if (char === "`" || (!quote && isShellSyntax(char, word))) need("shell")
      word = (word ?? "") + char
    }
  }
  if (words[0] !== undefined && /^[A-Za-z_]\w*=/.test(words[0])) need("shell")
  return { words, firstWordEnd, needs }
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`. */
function isPlainExpansion(text: string): boolean {
  return /^\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?-[^${}`'"]*)?\})/.test(text)
}

function isShellSyntax(char: string, wordSoFar: string | undefined): boolean {
  if (char === "#" || char === "~") return wordSoFar === undefined
  return "|&;<>()*?[]!\n\r".includes(char)
}
