import { UserError } from "../../../src/errors.js"

export const changelogFile = "CHANGELOG.md"

const unreleased = "## Unreleased\n"

/** What is under "Unreleased" becomes the section of a version, below a new and empty "Unreleased". */
export function releaseChangelog(text: string, version: string, day: string): string {
  if (!text.includes(unreleased)) {
    throw new UserError('no heading "## Unreleased"', { place: { file: changelogFile } })
  }
  if (notesOf(text, "Unreleased") === "") {
    throw new UserError("nothing is under Unreleased", {
      place: { file: changelogFile },
      hint: "Write what has changed since the last release.",
    })
  }
  return text.replace(unreleased, `${unreleased}\n## ${version}, ${day}\n`)
}

/** The text of one version's section, or of "Unreleased"; empty if there is no such section. */
export function notesOf(text: string, version: string): string {
  const sections = text.split(/^## /m).slice(1)
  const section = sections.find((each) => /^[^\s,]+/.exec(each)?.[0] === version)
  return section?.replace(/^.*\n/, "").trim() ?? ""
}
