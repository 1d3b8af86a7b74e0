import { matchPatterns } from "../../../../src/patterns/patterns.js"
import { foundOption, type FoundOption } from "../found.js"

export const slugignoreFile = ".slugignore"

/** Patterns anywhere in the project, or from its root where a slash comes first. https://devcenter.heroku.com/articles/slug-compiler#ignoring-files-with-slugignore */
export function importSlugignore(
  text: string,
  file: string,
  files: readonly string[],
): FoundOption[] {
  return text.split(/\r?\n/).flatMap((each, index) => {
    const value = each.trim()
    if (value === "" || value.startsWith("#")) return []
    const place = { file, line: index + 1, value }
    const plain = value.replace(/\/+$/, "")
    const pattern = plain.startsWith("/") ? plain.slice(1) : `**/${plain}`
    return files.some(matchPatterns([pattern]))
      ? [foundOption("heroku", ".slugignore", place, { drop: [pattern] })]
      : [foundOption("heroku", ".slugignore of nothing", place)]
  })
}
