import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"

/** A block of shell commands in a document, with comments and all. */
export interface ShellBlock {
  /** Its section's. */
  heading: string
  text: string
  /** Each command, without the comment behind it. */
  commands: string[]
}

export function shellBlocks(markdown: string): ShellBlock[] {
  return fencedBlocks(markdown, "sh").map(({ heading, text }) => ({
    heading,
    text,
    commands: text
      .replace(/\\\n\s*/g, "")
      .split("\n")
      .map((line) => line.replace(/(^|\s+)#.*$/, ""))
      .filter((line) => line !== ""),
  }))
}

export function fencedBlocks(markdown: string, language: string) {
  const blocks: { heading: string; text: string }[] = []
  let heading = ""
  for (const [, title, name, text = ""] of markdown.matchAll(
    /^#+ ([^\n]*)$|^```(\w*)\n(.*?)^```$/gms,
  )) {
    if (title !== undefined) heading = title.replaceAll("`", "")
    else if (name === language) blocks.push({ heading, text })
  }
  return blocks
}

/** All documents that people copy commands from. */
export function documents(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "*.md"], { encoding: "utf8" })
  return listed
    .split("\0")
    .filter((file) => /^(?:[A-Z]+\.md|docs\/.*|examples\/(?:\w|-)+\/README\.md)$/.test(file))
}

export const readDocument = (file: string) => readFileSync(file, "utf8")

/** Splits one command as a shell does, as far as documents need it: quotes, variables left as they are, no substitution. */
export function words(command: string): string[] {
  const found = command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)
  return [...found].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"))
}
