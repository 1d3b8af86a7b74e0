import { expect, it } from "vitest"
import { summaryText } from "../../../../cli/github/summary.js"

it("nothing of a project is Markdown or HTML in it", () => {
  const text = summaryText({
    title: "<img src=x>",
    digest: "sha256:1",
    images: [],
    decisions: [{ what: "command", value: "a|b\n*c* [d](e) `f`", from: "main.go:1" }],
    steps: [],
  })
  expect(text).toContain("### &lt;img src=x>\n")
  expect(text).toContain("`sha256:1`")
  expect(text).toContain("| command | a\\|b \\*c\\* \\[d\\](e) \\`f\\` | main.go:1 |")
})
