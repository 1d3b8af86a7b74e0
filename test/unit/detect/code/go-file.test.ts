import { describe, expect, it } from "vitest"
import { parseGoFileHeader } from "../../../../src/detect/code/go-file.js"
import { readTable, titled } from "../../reference/table.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

/** See also build-constraint.test.ts, which has the same table. */
const table = readTable<{ about: string; text: string; package?: string }>("go-files")

/** Go reads these, too. Nobody writes that, and such files are no candidates to begin with. */
const unread = ["the clause on two lines", "a comment inside the clause"]

describe("the package clause is found as Go's parser finds it:", () => {
  it.each(titled(table.filter(({ about }) => !unread.includes(about))))("%s", (_, row) => {
    expect(parseGoFileHeader(row.text).package).toBe(row.package)
  })
})

it("the package clause has its line", () => {
  expect(parseGoFileHeader("// a\n\n/*\nb\n*/\n\npackage main\n")).toEqual({
    package: "main",
    line: 7,
  })
})

describe("the constraint", () => {
  it.each([
    [
      "is what stands behind //go:build",
      "//go:build  linux && !cgo \n\npackage a",
      "linux && !cgo",
    ],
    ["is there without anything behind it", "//go:build\n\npackage a", ""],
    [
      "is one that cannot be read, where there are two",
      "//go:build linux\n//go:build amd64\npackage a",
      "",
    ],
    [
      "is translated from the older form",
      "// +build linux,!arm darwin\n\npackage a",
      "((linux && !arm) || (darwin))",
    ],
    [
      "is all lines of the older form",
      "// +build linux\n// +build !arm\n\npackage a",
      "((linux)) && ((!arm))",
    ],
    ["is missing without a comment for it", "// Copyright\n\npackage a", undefined],
  ])("%s", (_, text, constraint) => {
    expect(parseGoFileHeader(text).constraint).toBe(constraint)
  })
})

describe("whatever the text,", () => {
  const pieces = [
    "package ",
    "main",
    "//",
    "/*",
    "*/",
    "//go:build ",
    "// +build ",
    "linux",
    "&&",
    'import "C"',
    "`",
    "func main() {}",
  ]

  it("a package has a name, and a line that has it", () => {
    fc.assert(
      fc.property(junk(...pieces), (text) => {
        const { package: name, line } = parseGoFileHeader(text)
        if (name === undefined) expect(line).toBeUndefined()
        else expect(text.split("\n")[(line ?? 0) - 1]).toMatch(new RegExp(`package\\s+${name}`))
      }),
    )
  })

  it("it is read in a time that grows with its length", () => {
    const starts = [
      "/*",
      "//go:build ",
      "// +build ",
      "// +build a,",
      "package ",
      "package a\n",
      "/**/",
    ]
    expect(findSlowInput(parseGoFileHeader, ...starts)).toBeUndefined()
  })
})
