import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../../src/errors.js"
import { resolveNode } from "../../../../src/plan/bases/node-version.js"

const found = (value: string) => ({ value, file: "ui/.nvmrc", line: 1 })

describe("the image of Node.js is", () => {
  it.each([
    ["20", "20"],
    ["v20.11.1", "20.11.1"],
    ["20.x", "20"],
    ["lts/*", "24"],
    ["lts/iron", "20"],
    ["lts/Jod", "22"],
    ["node", "24"],
    ["current", "current"],
    [">=18", "24"],
    [">=18 <21", "20"],
    ["^20.19.0 || >=22.12.0", "24"],
    ["~22.3.0", "22.3"],
    [">=26", "26"],
    [">=22.1.0 <22.4.0", "22.1"],
    ["=22.3.1", "22.3.1"],
    ["28", "28"],
    ["latest", "current"],
    ["Current", "current"],
    ["stable", "24"],
    ["lts/*", "24"],
    ["lts/iron", "20"],
    ["*", "24"],
  ])("for %s that of %s", (text, tag) => {
    expect(resolveNode(found(text))).toEqual({ tag, from: "ui/.nvmrc:1" })
  })

  it("the default's where nothing is asked for", () => {
    expect(resolveNode(undefined)).toEqual({ tag: "24", from: "default" })
  })
})

it.each([
  "the latest",
  "latest!",
  "lts/none",
  ">=99",
  "<4",
  ">=20 <18",
  "ten",
  "https://nodejs.org",
])("%s is refused", (text) => {
  expect(() => resolveNode(found(text))).toThrow(/^ui\/\.nvmrc:1: (?:no|not a version of) Node\.js/)
})

it("whatever the text, there is a tag or one message", () => {
  const parts = ["^", "~", ">=", "<", "20", "22", ".", "x", "*", " ", "||", "-", "v", "lts/", "a"]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts)), (pieces) => {
      try {
        expect(resolveNode(found(pieces.join(""))).tag).toMatch(
          /^(?:current|\d+(?:\.\d+){0,2}(?:-[\w.]+)?)$/,
        )
      } catch (error) {
        if (!(error instanceof UserError)) throw error
      }
    }),
  )
})
