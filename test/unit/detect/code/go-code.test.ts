import { describe, expect, it } from "vitest"
import {
  hasInit,
  readGoCode,
  readImports,
  readMainFunction,
} from "../../../../src/detect/code/go-code.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

const importsOf = (text: string) => readImports(readGoCode(text)).map(({ path }) => path)

it.each([
  ["plain", "a".repeat(9e6)],
  ["of escapes", "\\n".repeat(4.5e6)],
  ["of both", "a\\n".repeat(3e6)],
])("a string of megabytes is read: %s", (_, content) => {
  const { text, strings } = readGoCode(`var a = "${content}" // "b"\nvar c = "d\\"e"`)
  expect(text).toBe(`var a = "0"  \nvar c = "1"`)
  expect(strings[0]?.length).toBe(content.length)
  expect(strings[1]).toBe('d\\"e')
})

describe("imports are", () => {
  it.each<[string, string, string[]]>([
    ["one", 'package a\n\nimport "fmt"\n', ["fmt"]],
    ["a block", 'package a\nimport (\n\t"fmt"\n\n\tx "os/exec"\n)\n', ["fmt", "os/exec"]],
    ["several on one line", 'package a; import "a"; import ("b"; . "c")', ["a", "b", "c"]],
    ["in backquotes", "package a\nimport `fmt`\n", ["fmt"]],
    ["blank", 'package a\nimport _ "embed"\n', ["embed"]],
    [
      "none in comments",
      'package a\n// import "x"\n/*\nimport "y"\n*/\nimport ( // "z"\n"fmt")\n',
      ["fmt"],
    ],
    [
      "none in what comes after them",
      'package a\nimport "fmt"\nvar t = `\nimport "syscall/js"\n`\nconst u = "import \\"x\\""',
      ["fmt"],
    ],
    ["none", "package a\n", []],
  ])("%s", (_, text, paths) => {
    expect(importsOf(text)).toEqual(paths)
  })

  it("with their lines", () => {
    const text = 'package a\n\n/*\n\n*/\nimport (\n\t"fmt"\n\n\t_ "os"\n)\n'
    expect(readImports(readGoCode(text))).toEqual([
      { path: "fmt", line: 7, isBlank: false },
      { path: "os", line: 9, isBlank: true },
    ])
  })
})

describe("func main is", () => {
  it.each([
    ["empty", "func main() {}"],
    ["empty", "func main() {\n}\n"],
    ["empty", "func main() {\n\t// to do: x()\n\t/* } */\n}\n"],
    ["empty", "\tfunc  main ( ) { }"],
    ["used", "func main() { run() }"],
    ["used", "func main() {\n\t// see below\n\n\trun()\n}"],
    ["used", 'func main() { "x" }'],
    [undefined, "func mainly() {}"],
    [undefined, "func (a A) main() {}"],
    [undefined, "// func main() {}"],
    [undefined, "var x = `\nfunc main() {}\n`"],
  ])("%s in %s", (expected, text) => {
    expect(readMainFunction(readGoCode(`package main\n\n${text}\n`))).toBe(expected)
  })
})

it("init counts where it does something", () => {
  expect(hasInit(readGoCode("package main\nfunc init() { run() }\n"))).toBe(true)
  expect(hasInit(readGoCode("package main\nfunc init() {\n// run()\n}\n"))).toBe(false)
})

it("whatever the text, it is read, lines stay, and in a time that grows with its length", () => {
  const code = (text: string) => {
    const read = readGoCode(text)
    readImports(read)
    readMainFunction(read)
    hasInit(read)
    return read.text.split("\n").length
  }
  const words = [
    "import",
    "(",
    ")",
    '"a"',
    "`",
    "/*",
    "*/",
    "//",
    "'",
    "\\",
    "\n",
    "func main() {",
    "}",
  ]
  fc.assert(
    fc.property(junk(...words), (text) => {
      expect(code(text)).toBe(text.split("\n").length)
    }),
  )
  expect(findSlowInput(code, "package a\n", "import (", "`", "func main(", "/*")).toBeUndefined()
})
