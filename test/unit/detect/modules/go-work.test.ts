import { describe, expect, it } from "vitest"
import { parseGoWork } from "../../../../src/detect/modules/go-work.js"
import { requireModule } from "../../../../src/detect/modules/modules.js"
import { UserError } from "../../../../src/errors.js"
import { readTable, titled } from "../../reference/table.js"
import { messageOf, resultOrUserError } from "../../support/errors.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

interface Row {
  about: string
  text: string
  go?: { go?: string; toolchain?: string; uses?: string[] }
  refused?: string
}

const table = readTable<Row>("go-work")

describe("a go.work is read as the go command reads it:", () => {
  it.each(titled(table.filter(({ go }) => go)))("%s", (_, { text, go }) => {
    const { go: line, toolchain, uses } = parseGoWork(text)
    expect({
      go: line?.value,
      toolchain: toolchain?.value,
      uses: uses.map(({ value }) => value),
    }).toEqual({ uses: [], ...go })
  })
})

describe("a go.work that the go command refuses is refused:", () => {
  it.each(titled(table.filter(({ refused }) => refused)))("%s", (_, { text, refused = "" }) => {
    const error = resultOrUserError(() => parseGoWork(text))
    if (!(error instanceof UserError)) expect.fail("it was read")
    expect(error.place?.line).toBe(Number(/^go\.work:(\d+)/.exec(refused)?.[1]))
  })
})

it("each folder has its line", () => {
  expect(parseGoWork("go 1.25\nuse (\n\t.\n\t./api\n)\n").uses).toEqual([
    { value: ".", file: "go.work", line: 3 },
    { value: "./api", file: "go.work", line: 4 },
  ])
})

it.each([
  ["./api", '".//api/"'],
  ["api", "./api"],
  [".", "./"],
])("%s and %s are one folder", (one, other) => {
  expect(() => parseGoWork(`go 1.25\nuse ${one}\nuse ${other}\n`)).toThrow(
    `go.work:3: ${other.replaceAll('"', "")} is in the workspace twice\nKeep one of lines 2 and 3.`,
  )
})

it.each([
  ["is somewhere else", [], "Correct the path, or add the module."],
  ["has other files", ["api/a.go", ".gitmodules"], "Correct the path, or add the module."],
  [
    "is empty, which may be a submodule",
    ["apis/a.go", ".gitmodules"],
    "The folder is empty. `git submodule update --init` fetches it, if it is a submodule.",
  ],
  ["is empty", ["apis/a.go"], "Correct the path, or add the module."],
])("a folder without a go.mod %s", (_, files, hint) => {
  const place = { value: "./api", file: "go.work", line: 3 }
  expect(messageOf(() => requireModule("api", place, new Set(files)))).toBe(
    `go.work:3: no go.mod in ./api\n${hint}`,
  )
  expect(requireModule("api", place, new Set([...files, "api/go.mod"]))).toBeUndefined()
})

it("a directive of go.mod is refused with those of go.work", () => {
  expect(messageOf(() => parseGoWork("go 1.25\nrequire a v1.0.0\n"))).toBe(
    [
      'go.work:2:1: unknown directive "require"',
      "  require a v1.0.0",
      "  ^",
      "A go.work has: go, toolchain, godebug, use, replace.",
    ].join("\n"),
  )
})

describe("whatever the text,", () => {
  it("it is read or refused with a message", () => {
    const text = junk(
      "use ",
      "go ",
      "toolchain ",
      "replace ",
      "(",
      ")",
      "./a",
      "1.25",
      '"',
      "//",
      "=>",
    )
    fc.assert(fc.property(text, (text) => void resultOrUserError(() => parseGoWork(text))))
  })

  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(parseGoWork, "use (\n", 'use "')).toBeUndefined()
  })
})
