import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { printable } from "../../../../../cli/terminal/progress/printable.js"

describe("text of other programs", () => {
  it.each([
    ["ok\u001B[2J\u001B[H", "ok"],
    ["\u001B[32mok\u001B[0m", "ok"],
    ["10%\r50%\r100%", "100%"],
    ["windows\r", "windows"],
    ["\u001B]0;title\u0007name", "name"],
    ["\u001Bcreset", "reset"],
    ["\u001B[?25l\u001B[?1049hhidden", "hidden"],
    ["a\tb", "a\tb"],
    ["a\bb\u0007", "ab"],
    ["\u009B2Jc1", "c1"],
    ["\u202Egnp.exe", "gnp.exe"],
    ["日本 👩‍👩‍👧 grüße", "日本 👩‍👩‍👧 grüße"],
  ])("%j", (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  it("keeps its colours where there are any, and ends them with the line", () => {
    expect(printable("\u001B[31mred\u001B[2J\nplain", { colours: true })).toBe(
      "\u001B[31mred\u001B[0m\nplain",
    )
  })

  it("has nothing left that moves the cursor, whatever it was", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\u001B[",
        "\u001B]",
        "\u001BP",
        "\u009B",
        "\r",
        "\b",
        "2J",
        "1;1H",
        "m",
        "\n",
      ),
      fc.string({ unit: "binary" }),
    )
    const texts = fc.array(piece).map((parts) => parts.join(""))
    fc.assert(
      fc.property(texts, fc.boolean(), (text, colours) => {
        // eslint-disable-next-line no-control-regex
        const rest = printable(text, { colours }).replace(/\u001B\[[\d;:]*m/g, "")
        // eslint-disable-next-line no-control-regex
        expect(rest).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/)
        expect(rest.split("\n").length).toBe(text.split("\n").length)
      }),
    )
  })
})
