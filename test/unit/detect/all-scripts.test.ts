import { expect, it } from "vitest"
import { ofAllScripts } from "../../../src/detect/all-scripts.js"

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

it.each(["L", "Lu", "M", "N", "Nd", "P", "S"])(
  "of ASCII, \\p{%s} is what it is to Unicode",
  (set) => {
    const pattern = ofAllScripts(String.raw`^[\p{${set}}]$`)
    const unicode = new RegExp(`^\\p{${set}}$`, "u")
    const found = ascii.filter((each) => pattern(each).test(each))
    expect(found).toEqual(ascii.filter((each) => unicode.test(each)))
  },
)

it("has letters of other scripts in text that has some", () => {
  const name = ofAllScripts(String.raw`[\p{L}_][\p{L}\p{Nd}_]*`, "g")
  const names = (text: string) => text.match(name(text))
  expect(names("a1 b_2 3")).toEqual(["a1", "b_2"])
  expect(names("größe := 名前 + x")).toEqual(["größe", "名前", "x"])
  expect(names("𝒳1")).toEqual(["𝒳1"])
})
