import { describe, expect, it } from "vitest"
import { matchesFile, type BuildTarget } from "../../../../src/detect/code/build-constraint.js"
import { parseGoFileHeader } from "../../../../src/detect/code/go-file.js"
import { readTable, titled } from "../../reference/table.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

interface Row {
  about: string
  file: string
  text: string
  tags?: string[]
  architectures: string[]
  refused?: string
}

const table = readTable<Row>("go-files")
const linux: BuildTarget = { os: "linux", cgo: false, tags: [] }

/** The table's; a constraint that none of them meets may still be met by another one. */
const architectures = ["386", "amd64", "arm", "arm64", "riscv64", "s390x"]

describe("a file takes part in a build as go/build says:", () => {
  it.each(titled(table.filter(({ refused }) => !refused)))("%s", (_, row) => {
    const { constraint } = parseGoFileHeader(row.text)
    const target = { ...linux, tags: row.tags ?? [] }
    const holds = (arch?: string) => matchesFile(row.file, constraint, { ...target, arch })
    expect(architectures.filter(holds)).toEqual(row.architectures)
    expect(holds()).toBe(row.architectures.length > 0)
  })
})

describe("a file whose constraint Go refuses takes part, so that the build says what is wrong with it:", () => {
  it.each(titled(table.filter(({ refused }) => refused)))("%s", (_, row) => {
    expect(matchesFile(row.file, parseGoFileHeader(row.text).constraint, linux)).toBe(true)
  })
})

it("with cgo, its tag holds", () => {
  expect(matchesFile("main.go", "cgo", { ...linux, cgo: true })).toBe(true)
  expect(matchesFile("main.go", "!cgo", { ...linux, cgo: true })).toBe(false)
})

it("where no architecture is given, one that linux has must meet the name and the constraint alike", () => {
  expect(matchesFile("main_amd64.go", "!arm64", linux)).toBe(true)
  expect(matchesFile("main_amd64.go", "arm64", linux)).toBe(false)
  expect(matchesFile("main_wasm.go", undefined, linux)).toBe(false)
  expect(matchesFile("main.go", "mips64le && !amd64", linux)).toBe(true)
})

type Expression =
  | { tag: string }
  | { not: Expression }
  | { and: [Expression, Expression] }
  | { or: [Expression, Expression] }

describe("an expression means what its tree means", () => {
  const tags = [
    "linux",
    "windows",
    "unix",
    "amd64",
    "arm64",
    "riscv64",
    "wasm",
    "cgo",
    "go1.18",
    "mine",
    "other",
  ]
  const tree = fc.letrec<{ node: Expression }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      fc.constantFrom(...tags).map((tag) => ({ tag })),
      fc.record({ not: tie("node") }),
      fc.record({ and: fc.tuple(tie("node"), tie("node")) }),
      fc.record({ or: fc.tuple(tie("node"), tie("node")) }),
    ),
  })).node

  const evaluate = (node: Expression, arch: string): boolean => {
    if ("tag" in node) return ["linux", "unix", "go1.18", "mine", arch].includes(node.tag)
    if ("not" in node) return !evaluate(node.not, arch)
    if ("and" in node) return node.and.every((each) => evaluate(each, arch))
    return node.or.some((each) => evaluate(each, arch))
  }

  /** As few parentheses as Go's grammar needs, or as many as it takes. */
  const print = (node: Expression, blank: string, everywhere: boolean, inner = 0): string => {
    const level = "or" in node ? 1 : "and" in node ? 2 : 3
    const child = (each: Expression, inner: number) => print(each, blank, everywhere, inner)
    const text =
      "tag" in node
        ? node.tag
        : "not" in node
          ? `!${child(node.not, 4)}`
          : "and" in node
            ? `${child(node.and[0], 2)}${blank}&&${blank}${child(node.and[1], 3)}`
            : `${child(node.or[0], 1)}${blank}||${blank}${child(node.or[1], 2)}`
    const needed = level < inner || ("not" in node && inner === 4)
    return needed || (everywhere && level < 3) ? `(${blank}${text}${blank})` : text
  }

  it("for every architecture, and for any", () => {
    const target = { ...linux, tags: ["mine"] }
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom("", " ", "\t "),
        fc.boolean(),
        (node, blank, everywhere) => {
          const text = print(node, blank, everywhere)
          // The others differ from these in nothing that an expression above can tell.
          const known = ["amd64", "arm64", "riscv64", "386"]
          for (const arch of known) {
            expect([text, arch, matchesFile("main.go", text, { ...target, arch })]).toEqual([
              text,
              arch,
              evaluate(node, arch),
            ])
          }
          expect([text, matchesFile("main.go", text, target)]).toEqual([
            text,
            known.some((arch) => evaluate(node, arch)),
          ])
        },
      ),
    )
  })
})

describe("whatever the expression,", () => {
  const read = (text: string) => matchesFile("main.go", text, linux)

  it("it holds or does not", () => {
    fc.assert(
      fc.property(
        junk("linux", "windows", "(", ")", "!", "&&", "||", "&", "amd64"),
        (text) => void read(text),
      ),
    )
  })

  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(read, "(", "!(", "linux || ", "linux && (")).toBeUndefined()
  })

  it("one that is larger than Go reads holds", () => {
    expect(read(`windows${" || windows".repeat(2000)}`)).toBe(true)
    expect(read("(".repeat(100_000))).toBe(true)
  })
})
