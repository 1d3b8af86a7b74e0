import { describe, expect, it } from "vitest"
import { parseGoVersionFile } from "../../../../src/detect/modules/go-version-file.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

describe("a .go-version says", () => {
  it.each([
    ["what it holds", "1.25.3\n", "1.25.3", 1],
    ["what it holds, without a newline at the end", "1.25.3", "1.25.3", 1],
    ["the first of several versions", "1.25.3\n1.24.0\n", "1.25.3", 1],
    ["what stands below blank lines and comments", "\n  \n# why\n1.25.3\n", "1.25.3", 4],
    ["what stands before a comment", "1.25.3 # as CI has it\n", "1.25.3", 1],
    ["what is indented", "\t 1.25.3 \n", "1.25.3", 1],
    ["what has CRLF", "\r\n1.25.3\r\n", "1.25.3", 2],
    ["what follows a byte order mark", "\uFEFF1.25.3\n", "1.25.3", 1],
    ["go and a version", "go1.25.3\n", "go1.25.3", 1],
    ["a range", ">=1.24 <1.26\n", ">=1.24 <1.26", 1],
    ["a word", "latest\n", "latest", 1],
  ])("%s", (_, text, value, line) => {
    expect(parseGoVersionFile(text)).toEqual({ value, file: ".go-version", line })
  })

  it.each(["", "\n", " \t\r\n\n", "# 1.25", "\uFEFF", "#\n#1.25\n"])("nothing with %j", (text) => {
    expect(parseGoVersionFile(text)).toBeUndefined()
  })
})

describe("whatever the text,", () => {
  it("the value is on its line, and neither blank nor a comment", () => {
    fc.assert(
      fc.property(junk("1.25", "#", "go", "latest"), (text) => {
        const found = parseGoVersionFile(text)
        if (!found) return
        expect(text.split("\n")[found.line - 1]).toContain(found.value)
        expect(found.value).toMatch(/^[^\s#][^#\n]*$/)
      }),
    )
  })

  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(parseGoVersionFile, "1")).toBeUndefined()
  })
})
