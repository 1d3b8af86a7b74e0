import { describe, expect, it } from "vitest"
import { parseGoImports } from "../../../../src/detect/code/go-imports.js"
import { findSlowInput } from "../../support/hostile.js"

const file = (...lines: string[]) => ["package a", "", ...lines, "", "func f() {}", ""].join("\n")

describe("imports are read from", () => {
  it.each<[string, string, string[]]>([
    ["one line", file('import "fmt"'), ["fmt"]],
    ["a block", file("import (", '\t"fmt"', '\t"os"', ")"), ["fmt", "os"]],
    [
      "names before them",
      file("import (", '\tx "a/b"', '\t. "c"', '\t_ "d"', ")"),
      ["a/b", "c", "d"],
    ],
    ["raw strings", file("import `fmt`"), ["fmt"]],
    ["several statements", file('import "a"', 'import b "b"'), ["a", "b"]],
    ["several on a line", file('import "a"; import "b"'), ["a", "b"]],
    ["a block on one line", file('import ("a"; "b")'), ["a", "b"]],
    ["lines with comments", file("import (", '\t"a" // why', '\t"b" /* why */', ")"), ["a", "b"]],
    ["C", file("// #include <stdlib.h>", 'import "C"'), ["C"]],
    ["files with Windows' line ends", 'package a\r\nimport (\r\n\t"a"\r\n)\r\n', ["a"]],
    ["no declarations", file("var x = []string{", '\t"a",', "}"), []],
  ])("%s", (_, text, paths) => {
    expect(parseGoImports(text).paths).toEqual(paths)
  })
})

describe("embedded files are read from", () => {
  it.each<[string, string, string[]]>([
    ["one pattern", "//go:embed static", ["static"]],
    ["several", "//go:embed a *.html b/c", ["a", "*.html", "b/c"]],
    ["quoted ones", '//go:embed "my file.txt" `other file`', ["my file.txt", "other file"]],
    ["those with all files", "//go:embed all:ui/dist", ["ui/dist"]],
    ["no comment that only begins like it", "//go:embedded static", []],
  ])("%s", (_, line, embeds) => {
    const text = ["package a", "", 'import _ "embed"', "", "type T int", "", line, "var x string"]
    const patterns = (text: string) => parseGoImports(text).embeds.map(({ pattern }) => pattern)
    expect(patterns(text.join("\n"))).toEqual(embeds)
  })
})

describe("whatever the file,", () => {
  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(parseGoImports, 'import "', "//go:embed ", "import (\n")).toBeUndefined()
  })
})
