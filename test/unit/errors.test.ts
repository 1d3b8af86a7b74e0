import { describe, expect, it } from "vitest"
import { shorten, UserError } from "../../src/errors.js"

describe("a message stays readable, however long the value that is in it:", () => {
  it("what was found is cut, and its length said", () => {
    const { message } = new UserError(`not a port: "${"9".repeat(10_000)}"`)
    expect(message).toMatch(/^not a port: "9{300,}… \(10014 characters\)$/)
    expect(message.length).toBeLessThan(500)
  })

  it.each([
    ["at the beginning", 3],
    ["in the middle", 5000],
    ["at the end", 9999],
  ])("of a long line, the caret is under what is wrong %s", (_, column) => {
    const text = `${"a".repeat(column - 1)}X`.padEnd(10_000, "b")
    const [, line = "", caret = ""] = new UserError("wrong", {
      place: { file: "go.mod", line: 1, column, text },
    }).message.split("\n")
    expect(line.length).toBeLessThan(200)
    expect(line[caret.indexOf("^")]).toBe("X")
  })

  it("a short line is shown as it is", () => {
    const place = { file: "go.mod", line: 2, column: 2, text: "\tfoo" }
    expect(new UserError("wrong", { place }).message).toBe("go.mod:2:2: wrong\n  \tfoo\n  \t^")
  })

  it("a text that is short enough is not touched", () => {
    expect(shorten("a".repeat(400))).toBe("a".repeat(400))
  })
})
