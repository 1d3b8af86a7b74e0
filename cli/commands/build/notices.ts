import type { Plan } from "../../../src/plan/types.js"
import type { Terminal } from "../../terminal/terminal.js"

/** @param told Notices of targets before, which are the same for most: they are not told again. */
export function tellNotices(
  { notices, noticeFiles = [] }: Pick<Plan, "notices" | "noticeFiles">,
  terminal: Pick<Terminal, "say" | "detail">,
  told: Set<string>,
): void {
  for (const notice of notices.filter((each) => !told.has(each))) {
    terminal.say(`note: ${notice}`)
    const { files = [] } = noticeFiles.find((each) => each.notice === notice) ?? {}
    for (const file of files) terminal.detail(`    ${file}`)
  }
  const again = notices.filter((each) => told.has(each)).length
  if (again > 0)
    terminal.say(`(${again} of the notes above ${again > 1 ? "are" : "is"} about this target, too)`)
  for (const notice of notices) told.add(notice)
}
