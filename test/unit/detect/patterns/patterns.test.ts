import { describe, expect, it } from "vitest"
import { checkPattern, matchPatterns } from "../../../../src/patterns/patterns.js"
import { UserError } from "../../../../src/errors.js"
import { readTable } from "../../reference/table.js"
import { messageOf } from "../../support/errors.js"
import { fc } from "../../support/property.js"

interface Row {
  patterns: string[]
  paths: Record<string, boolean>
  refused?: string
}

const table = readTable<Row>("file-patterns")
const title = ({ patterns }: Row) => patterns.map((each) => JSON.stringify(each)).join(", ")

describe("file patterns match what moby/patternmatcher matches:", () => {
  const accepted = table.filter(({ refused }) => !refused)
  it.each(accepted.map((row) => [title(row), row] as const))("%s", (_, { patterns, paths }) => {
    for (const pattern of patterns) expect(() => checkPattern(pattern, "here")).not.toThrow()
    const matches = matchPatterns(patterns)
    const read = Object.fromEntries(Object.keys(paths).map((path) => [path, matches(path)]))
    expect(read).toEqual(paths)
  })
})

describe("file patterns that moby/patternmatcher refuses are refused:", () => {
  const refused = table.filter(({ refused }) => refused)
  it.each(refused.map((row) => [title(row), row] as const))(
    "%s",
    (_, { patterns: [pattern = ""] }) => {
      expect(messageOf(() => checkPattern(pattern, "--drop"))).toBe(
        [
          `not a pattern of files: ${JSON.stringify(pattern)} (--drop)`,
          "A [ starts a set of characters such as [a-z]. Write a backslash before a character that has no special meaning.",
        ].join("\n"),
      )
    },
  )
})

describe("patterns that the engines would read as regular expressions are refused:", () => {
  it.each(["a\\d", "[\\w]", "[[:alpha:]]", "\\ü", "[a*]", "[?]", "!", "!/."])("%s", (pattern) => {
    expect(() => checkPattern(pattern, "option drop")).toThrow(UserError)
  })
})

describe("file patterns match what .dockerignore's rules say:", () => {
  const element = fc
    .stringMatching(/^[abc.*?]{1,4}$/)
    .filter((each) => !/^\.*$/.test(each) && !each.includes("**"))
  const pattern = fc
    .tuple(
      fc.boolean(),
      fc.array(
        fc.oneof({ arbitrary: element, weight: 3 }, { arbitrary: fc.constant("**"), weight: 1 }),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([exception, parts]) => (exception ? "!" : "") + parts.join("/"))
  const path = fc
    .array(
      fc.stringMatching(/^[abc.]{1,4}$/).filter((each) => !/^\.*$/.test(each)),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.join("/"))

  it("of several, the last that matches the file or a folder above it decides", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, path) => {
        expect([patterns, path, matchPatterns(patterns)(path)]).toEqual([
          patterns,
          path,
          matchNaively(patterns, path),
        ])
      }),
      { numRuns: 2000 },
    )
  })

  it("the table agrees with those rules as this test has them", () => {
    const special = /[[\\{|^]|\*\*[^/]|[^/]\*\*|^\/|\.\.|\/\/|^ |! /
    for (const { patterns, paths } of table) {
      if (patterns.some((each) => special.test(each))) continue
      for (const [path, expected] of Object.entries(paths)) {
        expect([patterns, path, matchNaively(patterns, path)]).toEqual([patterns, path, expected])
      }
    }
  })
})

it("thousands of files are matched against many patterns in a moment", () => {
  const patterns = Array.from({ length: 100 }, (_, i) =>
    i % 2 ? `**/name${i}*.x` : `**/folder${i}`,
  )
  const matches = matchPatterns([...patterns, "!**/keep"])
  const begin = performance.now()
  let count = 0
  for (let i = 0; i < 20_000; i++) if (matches(`some/folder/of/many/name${i}.x`)) count++
  expect(count).toBeGreaterThan(0)
  expect(performance.now() - begin).toBeLessThan(5000)
})

it.each([
  ["stars", "*a*a*a*a*a*a*a*a*b", "a".repeat(8) + "b"],
  ["stars at any depth", "**/*a*a*a*a*a*a*a*a*b", "a/".repeat(250) + "a".repeat(250) + "b"],
  ["double stars", `${"***/".repeat(200)}b`, "a/".repeat(250) + "b"],
  ["sets", `${"*[a-c]".repeat(200)}b`, "a".repeat(250) + "b"],
])("no pattern goes back and tries again: many %s", (_, pattern, match) => {
  const matches = matchPatterns([pattern, `!${pattern}`, pattern])
  const begin = performance.now()
  for (let i = 0; i < 500; i++) expect(matches(`${"a".repeat(250)}${i}`)).toBe(false)
  expect(matches(match)).toBe(true)
  // Minutes, and for the longer ones years, where it does.
  expect(performance.now() - begin).toBeLessThan(20_000)
})

it("paths that are unlike each other are matched in bounded memory", () => {
  const matches = matchPatterns(["**/*a?????????????????x"])
  for (let i = 0; i < 5000; i++) matches((i * 2654435761).toString(2).replaceAll("0", "b") + "a1b")
  expect(matches(`x/ba${"b".repeat(17)}x`)).toBe(true)
  expect(matches(`x/ba${"b".repeat(16)}x`)).toBe(false)
})

/** The rules as Docker's documentation has them, taken apart folder by folder rather than made a regular expression. */
function matchNaively(patterns: readonly string[], path: string): boolean {
  const parts = path.split("/")
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1))
  let matched = false
  for (const pattern of patterns) {
    const exception = pattern.startsWith("!")
    const elements = (exception ? pattern.slice(1) : pattern)
      .split("/")
      .filter((each) => each !== "" && each !== ".")
    if (elements.length === 0) continue
    if (prefixes.some((prefix) => matchElements(elements, prefix))) matched = !exception
  }
  return matched
}

function matchElements(elements: readonly string[], parts: readonly string[]): boolean {
  const [element, ...rest] = elements
  if (element === undefined) return parts.length === 0
  // Any number of folders; at the end, at least something in them.
  if (element === "**") {
    if (rest.length === 0) return parts.length > 0
    return parts.some((_, index) => matchElements(rest, parts.slice(index)))
  }
  const [part, ...others] = parts
  return part !== undefined && matchElement([...element], [...part]) && matchElements(rest, others)
}

function matchElement([sign, ...signs]: string[], [char, ...chars]: string[]): boolean {
  if (sign === undefined) return char === undefined
  if (sign === "*") {
    return (
      matchElement(signs, char === undefined ? [] : [char, ...chars]) ||
      (char !== undefined && matchElement([sign, ...signs], chars))
    )
  }
  return char !== undefined && (sign === "?" || sign === char) && matchElement(signs, chars)
}
