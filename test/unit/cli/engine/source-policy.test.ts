import { expect, test } from "vitest"
import { sourcePolicy } from "../../../../cli/engine/files.js"

test("a project's files are told from another's, by a rule that BuildKit matches without wildcards", () => {
  expect(sourcePolicy("/home/me/app")).toEqual({
    version: 1,
    rules: [
      {
        action: "CONVERT",
        selector: { identifier: "local://context", match_type: "EXACT" },
        updates: { attrs: { "local.sharedkeyhint": "context /home/me/app" } },
      },
    ],
  })
})
