import { expect, it } from "vitest"
import { tellNotices } from "../../../../../cli/commands/build/notices.js"

function tell(notices: string[], told: Set<string>): string[] {
  const lines: string[] = []
  const terminal = {
    say: (line: string) => lines.push(line),
    detail: (line: string) => lines.push(line),
  }
  const noticeFiles = [{ notice: "files", files: ["a.go"] }]
  tellNotices({ notices, noticeFiles }, terminal, told)
  return lines
}

it("of several targets, a note is told once, and each further target says that it is about it, too", () => {
  const told = new Set<string>()
  expect(tell(["old Go", "files"], told)).toEqual(["note: old Go", "note: files", "    a.go"])
  expect(tell(["old Go", "own", "files"], told)).toEqual([
    "note: own",
    "(2 of the notes above are about this target, too)",
  ])
  expect(tell(["old Go"], told)).toEqual(["(1 of the notes above is about this target, too)"])
  expect(tell([], told)).toEqual([])
})
