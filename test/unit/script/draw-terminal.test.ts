import { expect, it } from "vitest"
import { drawTerminal } from "../../readme/draw-terminal.js"

/** What each row shows at the end. */
async function rows(text: string, columns: number): Promise<string[]> {
  const picture = await drawTerminal([{ at: 0, text }], { columns, rows: 6 })
  return [...picture.matchAll(/<text .*?<\/text>/g)].map(([row]) => row.replace(/<[^>]+>/g, "").replaceAll("\u00a0", " "))
}

it("breaks a long line between words, and goes on with the next line", async () => {
  expect(await rows("note: go versions 1.26 and 1.27\r\nnext", 20)).toEqual([
    "note: go versions",
    "1.26 and 1.27",
    "next",
  ])
})

it("leaves a line as the terminal broke it, where its rows are too few for whole words", async () => {
  expect(await rows("aaaaaa bbbbbb cccccc", 10)).toEqual(["aaaaaa bbb", "bbb cccccc"])
  expect(await rows("a".repeat(15), 10)).toEqual(["a".repeat(10), "a".repeat(5)])
})

it("keeps a line that has as many characters as the terminal", async () => {
  expect(await rows("aaaa bbbbb\r\nc", 10)).toEqual(["aaaa bbbbb", "c"])
})
