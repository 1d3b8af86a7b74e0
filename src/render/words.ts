import { hasArgument } from "./argument-signs.js"

/** A word in which BuildKit expands nothing: quoted only where it has to be, so that the usual ones stay readable. */
export function quote(value: string): string {
  return isPlain(value) ? value : `"${value.replace(/["\\$]/g, "\\$&")}"`
}

/** The same without quotes around it, for places where blanks are no matter. */
export function escape(value: string): string {
  return value.replace(/["'\\$]/g, "\\$&")
}

/** The words of COPY in JSON form are expanded after the JSON is read. */
export function jsonWords(words: string[]): string {
  return JSON.stringify(words.map(escape))
}

/** A flag's value ends at the first blank that is not escaped. */
export function flagValue(value: string): string {
  return value.replace(/[\s"'\\]/g, "\\$&")
}

/** BuildKit reads flags byte by byte, and a line is a line; in a pattern, any letter will do in a special one's place. */
export function flagPattern(pattern: string): string {
  return flagValue(pattern.replace(/[^ -~]/gu, "?"))
}

/** Mounts are read as one line of CSV. */
export function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

/** A heredoc's last line, which its content must not have. */
export function freeMarker(content: string): string {
  const lines = new Set(content.split(/\r*\n/))
  let marker = "EOF"
  while (lines.has(marker)) marker += "_"
  return marker
}

/** It means itself to BuildKit and to a shell. */
export function isPlain(word: string): boolean {
  return /^[\w./:@%+,=-]+$/.test(word)
}

/**
 * A word for a POSIX shell, as a person writes it: of `-ldflags=-s -w`, what comes after the name is in quotes. In double
 * ones, the shell puts the values of variables that `release-arguments.ts` has signs for.
 */
export function shellWord(word: string): string {
  if (isPlain(word)) return word
  const [, option = "", value = ""] = /^(-[\w-]+=)?(.*)$/s.exec(word) ?? []
  return hasArgument(word)
    ? `${option}"${value.replace(/["\\$`]/g, "\\$&")}"`
    : `${option}'${value.replaceAll("'", "'\\''")}'`
}
