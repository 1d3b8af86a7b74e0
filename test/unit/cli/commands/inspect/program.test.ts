import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readBuildInfo } from "../../../../../src/sbom/programs/build-info.js"
import { readSections } from "../../../../../src/sbom/programs/elf.js"
import { moduleOf } from "../../../../../cli/image/contents/module-of.js"
import { readFunctions } from "../../../../../cli/image/contents/function-table.js"
import { packageOf, packageSizes } from "../../../../../cli/image/contents/package-sizes.js"
import { makeBuildInfo, makeElf, makeFunctions, type Machine } from "./make-program.js"

const machines: [string, Machine][] = [
  ["amd64", { is64: true, isLittle: true }],
  ["386", { is64: false, isLittle: true }],
  ["s390x", { is64: true, isLittle: false }],
  ["mips", { is64: false, isLittle: false }],
]

describe.each(machines)("a program for %s", (_, machine) => {
  it("is read by its sections", () => {
    const sections = { ".text": Buffer.from("code"), ".go.buildinfo": Buffer.from("info") }
    const read = readSections(makeElf(machine, sections))
    expect(read.map(({ name, content }) => [name, content.toString()])).toEqual([
      [".text", "code"],
      [".go.buildinfo", "info"],
      [".shstrtab", expect.stringContaining(".text")],
    ])
  })

  it("says how many bytes each package has", () => {
    const functions = [
      ["main.main", 10],
      ["main.(*T).Method", 5],
      ["example.com/a/b%2ev2.F[...]", 7],
      ["runtime.mallocgc", 100],
    ] as const
    const program = makeElf(machine, { ".gopclntab": makeFunctions(machine, functions) })
    const table = readFunctions(program)!
    expect([...table.names()]).toEqual(functions.map(([name]) => name))
    expect([...packageSizes(table)]).toEqual([
      ["main", 15],
      ["example.com/a/b.v2", 7],
      ["runtime", 100],
    ])
  })
})

it("a table of a Go that is not known has no packages", () => {
  const machine = { is64: true, isLittle: true }
  const table = makeFunctions(machine, [["main.main", 1]])
  table.writeUInt32LE(0xfffffff9)
  expect(readFunctions(makeElf(machine, { ".gopclntab": table }))).toBeUndefined()
  expect(readFunctions(makeElf(machine, { ".text": table }))).toBeUndefined()
})

it.each([
  ["main.main", "main"],
  ["main.(*T).m-fm", "main"],
  ["example.com/a.v2/b.F", "example.com/a.v2/b"],
  ["gopkg.in/yaml%2ev3.Marshal", "gopkg.in/yaml.v3"],
  ["slices.SortFunc[go.shape.[]example.com/a.T]", "slices"],
  ["type:.eq.main.T", "(made by the compiler and C)"],
  ["_cgo_panic", "(made by the compiler and C)"],
  ["printf", "(made by the compiler and C)"],
])("%s is a function of %s", (name, expected) => {
  expect(packageOf(name)).toBe(expected)
})

describe("build information", () => {
  const text = [
    "path\texample.com/app/cmd/api",
    "mod\texample.com/app\tv1.2.3\th1:abc=",
    "dep\tgithub.com/a/b\tv1.0.0\th1:def=",
    "dep\tgithub.com/c/d/v2\tv2.0.0",
    "=>\t../d\t(devel)\t",
    'build\t-ldflags="-s -w -X \\"main.v=a b\\""',
    "build\tCGO_ENABLED=0",
    'build\t"a=b"=c',
    "build\tvcs.modified=true",
    "",
  ].join("\n")

  it("is what `go version -m` prints", () => {
    expect(readBuildInfo(makeBuildInfo("go1.25.3", text))).toEqual({
      goVersion: "go1.25.3",
      path: "example.com/app/cmd/api",
      main: { path: "example.com/app", version: "v1.2.3", sum: "h1:abc=" },
      modules: [
        { path: "github.com/a/b", version: "v1.0.0", sum: "h1:def=" },
        {
          path: "github.com/c/d/v2",
          version: "v2.0.0",
          replacedBy: { path: "../d", version: "(devel)" },
        },
      ],
      settings: {
        "-ldflags": '-s -w -X "main.v=a b"',
        CGO_ENABLED: "0",
        "a=b": "c",
        "vcs.modified": "true",
      },
    })
  })

  it("is found in its section, wherever else its first bytes are", () => {
    const program = makeElf(machines[0]![1], {
      ".rodata": Buffer.from("\xff Go buildinf:", "latin1"),
      ".go.buildinfo": makeBuildInfo("go1.25.3", text),
    })
    expect(readBuildInfo(program)?.path).toBe("example.com/app/cmd/api")
  })

  it("is nothing of other files, and of those that are cut short", () => {
    expect(readBuildInfo(Buffer.from("#!/bin/sh\n"))).toBeUndefined()
    const whole = makeBuildInfo("go1.25.3", text)
    for (const length of [0, 10, 20, 33]) {
      expect(readBuildInfo(whole.subarray(0, length))).toBeUndefined()
    }
  })

  it("never fails, whatever the bytes are", () => {
    const start = makeElf(machines[0]![1], { ".go.buildinfo": makeBuildInfo("go1.25.3", text) })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(start.length - 1), fc.nat(255)), { maxLength: 40 }),
        (changes) => {
          const program = Buffer.from(start)
          for (const [at, byte] of changes) program[at] = byte
          readBuildInfo(program)
          readFunctions(program)?.names()
        },
      ),
    )
  })
})

it("the module of a package is the one with the longest path", () => {
  const module = (path: string) => ({ path, version: "v1.0.0" })
  const info = {
    goVersion: "go1.25.3",
    main: module("example.com/app"),
    modules: [module("example.com/a"), module("example.com/a/b")],
    settings: {},
  }
  for (const [name, expected] of [
    ["main", "example.com/app"],
    ["example.com/app/internal", "example.com/app"],
    ["example.com/a/b/c", "example.com/a/b"],
    ["example.com/a/bc", "example.com/a"],
    ["net/http", "Go's standard library"],
  ] as const) {
    expect(moduleOf(name, info)).toBe(expected)
  }
})
