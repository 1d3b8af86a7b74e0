import { describe, expect, it } from "vitest"
import { parseGoMod, type GoMod } from "../../../../src/detect/modules/go-mod.js"
import { UserError } from "../../../../src/errors.js"
import { readTable, titled } from "../../reference/table.js"
import { messageOf, resultOrUserError } from "../../support/errors.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

interface Row {
  about: string
  text: string
  go?: {
    module: string
    go?: string
    toolchain?: string
    requires?: [string, string][]
    localReplacements?: string[]
  }
  refused?: string
}

const table = readTable<Row>("go-mod")

/** Where we differ from golang.org/x/mod/modfile, and why that does no harm. */
const differences = {
  refusedHereOnly: [
    // The go command has no such toolchain, but says so only later.
    "toolchain go1.x",
    // No folder has such a name, and no Dockerfile could have it.
    "a line break in a string",
    "a tab in a string",
  ],
  // Says nothing about how to build: the build's own message is the better one.
  leftToTheBuild: [
    "a requirement with a version that is none",
    "a requirement of the wrong major version",
    "a local replacement with a version",
    "a replacement by a module without a version",
  ],
}

describe("a go.mod is read as the go command reads it:", () => {
  const accepted = table.filter(
    ({ about, go }) => go && !differences.refusedHereOnly.includes(about),
  )
  it.each(titled(accepted))("%s", (_, { text, go }) => {
    expect(summary(parseGoMod(text))).toEqual({ requires: [], localReplacements: [], ...go })
  })
})

describe("a go.mod that the go command refuses is refused:", () => {
  const refused = table.filter(
    ({ about, refused }) => refused && !differences.leftToTheBuild.includes(about),
  )
  it.each(titled(refused))("%s", (_, { text, refused = "" }) => {
    const error = resultOrUserError(() => parseGoMod(text))
    if (!(error instanceof UserError)) expect.fail("it was read")
    // Go names several, and of a block that is never closed the end and the start.
    const lines = [...refused.matchAll(/go\.mod:(\d+)/g)].map(([, line]) => Number(line))
    if (lines.length > 0) expect(lines).toContain(error.place?.line)
    else expect(error.place?.line).toBeUndefined()
  })
})

it("each value has its line", () => {
  const text = "module a.example/a\n\ngo 1.22\ntoolchain go1.23.1\nreplace (\n\tb => ./b\n)\n"
  expect(parseGoMod(text, "api/go.mod")).toMatchObject({
    module: { file: "api/go.mod", line: 1 },
    go: { line: 3 },
    toolchain: { line: 4 },
    localReplacements: [{ file: "api/go.mod", line: 6 }],
  })
})

describe("a message shows the line, with a caret where it goes wrong:", () => {
  it.each([
    [
      "under the version",
      "module a\n\ngo latest\n",
      [
        'go.mod:3:4: invalid go version "latest"',
        "  go latest",
        "     ^",
        "Write it like 1.25 or 1.25.3.",
      ],
    ],
    [
      "under the directive, tabs kept",
      "module a\n\trequires b v1\n",
      [
        'go.mod:2:2: unknown directive "requires"',
        "  \trequires b v1",
        "  \t^",
        "A go.mod has: module, go, toolchain, godebug, require, exclude, replace, retract, tool, ignore.",
      ],
    ],
    [
      "under the opening of a block that is never closed",
      "module a\nrequire (\n\tb v1.0.0\n",
      [
        'go.mod:2:1: the block "require (" is not closed',
        "  require (",
        "  ^",
        "Add a line with `)` after its last entry.",
      ],
    ],
    [
      "under an entry of a block",
      "module a\nrequire (\n\tb v1.0.0 v2.0.0\n)\n",
      [
        "go.mod:3:2: require takes a module path and a version",
        "  \tb v1.0.0 v2.0.0",
        "  \t^",
        "E.g. `require golang.org/x/text v0.21.0`.",
      ],
    ],
    [
      "at the second of two lines",
      "module a\r\nmodule b\r\n",
      ["go.mod:2:1: a second module line", "  module b", "  ^", "Keep one of lines 1 and 2."],
    ],
    [
      "at a conflict of a merge",
      "<<<<<<< HEAD\nmodule a\n",
      [
        'go.mod:1:1: unknown directive "<<<<<<<"',
        "  <<<<<<< HEAD",
        "  ^",
        "A go.mod has: module, go, toolchain, godebug, require, exclude, replace, retract, tool, ignore.",
      ],
    ],
    [
      "at a byte order mark",
      "\uFEFFmodule a\n",
      [
        "go.mod:1:1: invalid character U+FEFF",
        "  \uFEFFmodule a",
        "  ^",
        "Save the file as UTF-8 without a byte order mark.",
      ],
    ],
    [
      "without a line where none is to blame",
      "go 1.22\n",
      [
        "go.mod: no module line",
        "A go.mod starts with the module's path, e.g. `module example.com/hello`. `go mod init example.com/hello` writes one.",
      ],
    ],
  ])("%s", (_, text, lines) => {
    expect(messageOf(() => parseGoMod(text))).toBe(lines.join("\n"))
  })
})

describe("the buildpack's comments", () => {
  const read = (...lines: string[]) => {
    const { herokuGoVersion, herokuInstall } = parseGoMod(["module a", ...lines].join("\n"))
    return { version: herokuGoVersion?.value, install: herokuInstall?.value }
  }

  it.each([
    [
      "as Heroku documents them",
      "// +heroku install ./cmd/api ./cmd/worker",
      ["./cmd/api", "./cmd/worker"],
    ],
    [
      "without a blank before the plus, as migetpacks' page has it",
      "//+heroku install ./cmd/api",
      ["./cmd/api"],
    ],
    ["indented, with tabs", "\t//\t+heroku\tinstall\t./a\t./b", ["./a", "./b"]],
    ["with CRLF", "// +heroku install ./a\r", ["./a"]],
    ["behind a word with a quote's end", "// +heroku install a'b c'd ./e", ["ab cd", "./e"]],
    ["in quotes", `// +heroku install './a b' "./c d"`, ["./a b", "./c d"]],
    ["with blanks at the end", "// +heroku install ./a  ", ["./a"]],
    ["not behind something else", "go 1.22 // +heroku install ./a", undefined],
    ["not for what we do not know", "// +heroku installs ./a", undefined],
    ["not without a value", "// +heroku install", undefined],
    ["not with blanks alone for a value", "// +heroku install   ", undefined],
    ["not without a plus", "// heroku install ./a", undefined],
  ])("are read %s", (_, line, install) => {
    expect(read(line).install).toEqual(install)
  })

  it("give a Go version", () => {
    expect(read("// +heroku goVersion go1.24").version).toBe("go1.24")
  })

  it("count where they stand first", () => {
    expect(read("// +heroku install ./a", "// +heroku install ./b").install).toEqual(["./a"])
  })

  it("have their line", () => {
    expect(parseGoMod("module a\n\n// +heroku goVersion 1.22\n").herokuGoVersion).toEqual({
      value: "1.22",
      file: "go.mod",
      line: 3,
    })
  })
})

describe("whatever the text,", () => {
  const pieces = [
    "module ",
    "go ",
    "toolchain ",
    "require ",
    "replace ",
    "retract ",
    "(",
    ")",
    "[",
    "]",
    ",",
    "//",
    "/*",
    '"',
    "`",
    "\\",
    "=>",
    "./a",
    "example.com/a",
    "v1.2.3",
    "1.22",
    "go1.22.1",
    "// +heroku install ",
    "// +heroku goVersion ",
  ]

  it("it is read or refused with a message", () => {
    fc.assert(
      fc.property(junk(...pieces), (text) => void resultOrUserError(() => parseGoMod(text))),
    )
  })

  it("a message has one of its lines and a column in it", () => {
    fc.assert(
      fc.property(junk(...pieces), (text) => {
        const error = resultOrUserError(() => parseGoMod(text))
        if (!(error instanceof UserError) || error.place?.line === undefined) return
        const line = text.split("\n")[error.place.line - 1] ?? expect.fail("no such line")
        expect(error.place.column).toBeGreaterThanOrEqual(1)
        expect(error.place.column).toBeLessThanOrEqual(Math.max(1, line.length))
        expect(line).toContain(error.place.text)
      }),
    )
  })

  it("it is read in a time that grows with its length", () => {
    const starts = [
      "module a\n",
      "module a\nrequire (\n",
      "module ",
      'module "',
      "module a\n// +heroku install ",
      "module a\n// +heroku install a",
    ]
    expect(findSlowInput(parseGoMod, ...starts)).toBeUndefined()
  })
})

describe("a go.mod that was printed reads back,", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~+-]{0,8}$/)
  const path = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"))
  const number = fc.nat({ max: 30 })
  const version = fc.tuple(number, number, number).map((parts) => `v${parts.join(".")}`)
  const goMod = fc.record({
    module: path,
    go: fc.option(
      fc.tuple(fc.nat({ max: 40 }), number).map(([minor, patch]) => `1.${minor}.${patch}`),
    ),
    toolchain: fc.option(fc.nat({ max: 40 }).map((minor) => `go1.${minor}.0`)),
    requires: fc.array(fc.tuple(path, version), { maxLength: 5 }),
    localReplacements: fc.array(
      fc.tuple(
        path,
        path.map((each) => `./${each}`),
      ),
      { maxLength: 3 },
    ),
  })
  const style = fc.record({
    newline: fc.constantFrom("\n", "\r\n"),
    blank: fc.constantFrom(" ", "\t", "   ", " \t "),
    indent: fc.constantFrom("", "\t", "    "),
    comment: fc.constantFrom("", "// indirect", " // go 1.18", " // +heroku install ./no"),
    between: fc.constantFrom("", "\n", "// module other\n\n"),
    quoted: fc.boolean(),
    blocks: fc.boolean(),
  })

  it("however it is laid out", () => {
    fc.assert(
      fc.property(
        goMod,
        style,
        (values, { newline, blank, indent, comment, between, quoted, blocks }) => {
          const write = (text: string) => (quoted ? JSON.stringify(text) : text)
          const entries = (verb: string, lines: string[]) =>
            blocks
              ? [`${verb}${blank}(`, ...lines.map((line) => indent + line + comment), `)${comment}`]
              : lines.map((line) => `${indent}${verb}${blank}${line}${comment}`)
          const text = [
            `${indent}module${blank}${write(values.module)}${comment}`,
            ...(values.go === null ? [] : [`go${blank}${values.go}${comment}`]),
            ...entries(
              "require",
              values.requires.map((pair) => pair.map(write).join(blank)),
            ),
            ...entries(
              "replace",
              values.localReplacements.map(([from, to]) =>
                [write(from), "=>", write(to)].join(blank),
              ),
            ),
            ...(values.toolchain === null ? [] : [`toolchain${blank}${values.toolchain}`]),
          ]
            .join(`\n${between}`)
            .replaceAll("\n", newline)
          expect(summary(parseGoMod(text))).toEqual({
            ...values,
            go: values.go ?? undefined,
            toolchain: values.toolchain ?? undefined,
            localReplacements: values.localReplacements.map(([, to]) => to),
          })
        },
      ),
    )
  })
})

function summary({ module, go, toolchain, requires, localReplacements }: GoMod) {
  return {
    module: module.value,
    go: go?.value,
    toolchain: toolchain?.value,
    requires: requires.map(({ path, version }) => [path, version]),
    localReplacements: localReplacements.map(({ value }) => value),
  }
}
