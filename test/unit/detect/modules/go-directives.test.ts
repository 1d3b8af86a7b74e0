import { describe, expect, it } from "vitest"
import { parseGoDirectives } from "../../../../src/detect/modules/go-directives.js"
import { unquoteGoString } from "../../../../src/detect/code/go-string.js"
import { messageOf } from "../../support/errors.js"

const verbs = ["use", "go", "require"]
const parse = (text: string) => parseGoDirectives(text, "go.work", verbs)
const read = (text: string) => parse(text).map(({ verb, args, line }) => ({ verb, args, line }))

describe("directives are read", () => {
  it("one from a line, with its line", () => {
    expect(read("\n// why\ngo 1.25\n\nuse ./a\n")).toEqual([
      { verb: "go", args: ["1.25"], line: 3 },
      { verb: "use", args: ["./a"], line: 5 },
    ])
  })

  it("from blocks, each entry with the block's verb", () => {
    expect(read("use (\n\t./a // first\n\n\t// none\n\t./b ./c\n)\ngo 1.25\n")).toEqual([
      { verb: "use", args: ["./a"], line: 2 },
      { verb: "use", args: ["./b", "./c"], line: 5 },
      { verb: "go", args: ["1.25"], line: 7 },
    ])
  })

  it("unless a string has a control character, which Go would read", () => {
    expect(messageOf(() => parse('use "./a\\tb"\n'))).toMatch(
      /^go\.work:1:5: a control character in a string: "\.\/a\\tb"\n/,
    )
  })

  it("without arguments, for the file's reader to judge", () => {
    expect(read("use\n")).toEqual([{ verb: "use", args: [], line: 1 }])
  })

  it.each(["", "\n\n", "// nothing", "use ()", "use (\n)", "use( )"])("none from %j", (text) => {
    expect(read(text)).toEqual([])
  })

  it.each([
    ["use ./a", ["./a"]],
    ['use "./a b"', ["./a b"]],
    ['use "./a//b" // c', ["./a//b"]],
    ['use "./a\\"b\\\\c\\u00fc"', ['./a"b\\cü']],
    ["use ./ü/日本", ["./ü/日本"]],
    ['use "("', ["("]],
    ['use ")"', [")"]],
    ["use [./a,./b]", ["[", "./a", ",", "./b", "]"]],
    ["use a=>b => c", ["a=>b", "=>", "c"]],
  ])("%j with its words", (text, args) => {
    expect(read(text)).toEqual([{ verb: "use", args, line: 1 }])
  })
})

describe("the caret stands", () => {
  const [directive] = parse("  use\t./a \t./b // c")

  it.each([
    ["under the verb", undefined, "  ^"],
    ["under an argument", 0, "     \t^"],
    ["under another one", 1, "     \t    \t^"],
    ["under the last one, where there are fewer", 5, "     \t    \t^"],
  ])("%s", (_, argument, caret) => {
    const message = directive?.error("wrong", "Do better.", argument).message
    const place = /^go\.work:1:(\d+): wrong\n/.exec(message ?? "")
    expect(message?.split("\n").slice(1)).toEqual([
      "    use\t./a \t./b // c",
      `  ${caret}`,
      "Do better.",
    ])
    expect(place?.[1]).toBe(String(caret.length))
  })

  it("under the first word of a block's entry", () => {
    const [entry] = parse("use (\n\t./a ./b\n)")
    expect(entry?.error("wrong").message).toBe("go.work:2:2: wrong\n  \t./a ./b\n  \t^")
  })
})

describe("what is no directive is refused:", () => {
  it.each([
    ["exclude a", 'go.work:1:1: unknown directive "exclude"'],
    ["exclude (\n)", 'go.work:1:1: unknown directive "exclude"'],
    ['"use" ./a', 'go.work:1:1: unknown directive "use"'],
    [")", 'go.work:1:1: unknown directive ")"'],
    ["(\n)", 'go.work:1:1: unknown directive "("'],
    ["go (\n1.25\n)", "go.work:1:4: a block is not allowed here"],
    ["use these (\n)", "go.work:1:11: a block is not allowed here"],
    ["use these ()", "go.work:1:11: a block is not allowed here"],
    ["use (\n./a\n", 'go.work:1:1: the block "use (" is not closed'],
    ["use (\n) ./a", 'go.work:2:3: expected the end of the line after ")"'],
    ['use "./a', "go.work:1:5: a string is not closed"],
    ['use "./a\\"', "go.work:1:5: a string is not closed"],
    ['use "./a\\q"', 'go.work:1:5: invalid string: "./a\\q"'],
    ['use ./a"b"', "go.work:1:5: a quote inside a word"],
    ["use ./a`b", "go.work:1:5: a quote inside a word"],
    ["use `./a`", "go.work:1:5: a backquote"],
    ["use ./a /* b */", "go.work:1:9: a /* comment */"],
    ["use ./a/* b */", "go.work:1:8: a /* comment */"],
    ["use\u00A0./a", "go.work:1:4: invalid character U+00A0"],
    ["use \0", "go.work:1:5: invalid character U+0000"],
    ["use \u{E0001}", "go.work:1:5: invalid character U+E0001"],
  ])("%j", (text, message) => {
    expect(messageOf(() => parse(text)).split("\n")[0]).toBe(message)
  })
})

it.each<[string, string | undefined]>([
  ['""', ""],
  ['"a b"', "a b"],
  [String.raw`"\a\b\f\n\r\t\v\\\""`, '\x07\b\f\n\r\t\v\\"'],
  [String.raw`"\x41\101\u00fcb\U0001F600c"`, "AA\u00fcb\u{1F600}c"],
  [String.raw`"\xc3\xbc"`, "\u00fc"],
  [String.raw`"\303\274"`, "\u00fc"],
  [String.raw`"\ud7ff\ue000"`, "\ud7ff\ue000"],
  [String.raw`"\ud800"`, undefined],
  [String.raw`"\udfff"`, undefined],
  [String.raw`"\U0010ffff"`, "\u{10ffff}"],
  [String.raw`"\U00110000"`, undefined],
  [String.raw`"\400"`, undefined],
  [String.raw`"\q"`, undefined],
  [String.raw`"\'"`, undefined],
  [String.raw`"a\"`, undefined],
  ['"a', undefined],
  ['"a"b"', undefined],
  ['"a\nb"', undefined],
  ["a", undefined],
])("Go reads the string %s as %j", (text, value) => {
  expect(unquoteGoString(text)).toBe(value)
})
