import { expect, test } from "vitest"
import { readMakefile } from "../../../../src/detect/project/makefile.js"
import { findStampVariables } from "../../../../src/detect/stamp/stamp-variables.js"

const found = (code: string) =>
  findStampVariables("main.go", `package main\n\n${code}\n`, "main").map(
    ({ symbol, kind, line, own }) => [symbol, kind, line, ...(own === undefined ? [] : [own])],
  )

test.each<[string, unknown[]]>([
  ['var version = "dev"', [["main.version", "version", 3]]],
  ["var version string", [["main.version", "version", 3]]],
  [
    "var Version, Commit string // set by the linker",
    [
      ["main.Version", "version", 3],
      ["main.Commit", "commit", 3],
    ],
  ],
  [
    'var (\n\tversion   = "dev"\n\tgit_commit = `none`\n\tbuildTime string\n)',
    [
      ["main.version", "version", 4],
      ["main.git_commit", "commit", 5],
      ["main.buildTime", "date", 6],
    ],
  ],
  [
    'var version, date = "dev", "unknown"',
    [
      ["main.version", "version", 3],
      ["main.date", "date", 3],
    ],
  ],
  // A value that somebody maintains.
  ['var version = "1.4.2"', [["main.version", "version", 3, "1.4.2"]]],
  // What the linker cannot set, or is not one.
  ['const version = "dev"', []],
  ["var version = readVersion()", []],
  ["var version int", []],
  ["var version []string", []],
  ['var version = "v" + number', []],
  ['var versions = "dev"', []],
  ['func main() {\n\tvar version = "dev"\n\t_ = version\n}', []],
  ['// var version = "dev"', []],
  ['var text = `\nvar version = "dev"\n`', []],
  ['const (\n\tversion = "dev"\n)', []],
])("%s", (code, expected) => {
  expect(found(code)).toEqual(expected)
})

const inMakefile = (text: string) =>
  readMakefile(text, "Makefile", "example.com/app").map(({ symbol, kind, line }) => [
    symbol,
    kind,
    line,
  ])

test.each<[string, unknown[]]>([
  ['build:\n\tgo build -ldflags "-X main.version=$(VERSION)" .', [["main.version", "version", 2]]],
  [
    "LDFLAGS := -s -w -X 'main.buildDate=$(DATE)' -X=main.rev=$(shell git rev-parse --short HEAD)",
    [
      ["main.buildDate", "date", 1],
      ["main.rev", "shortCommit", 1],
    ],
  ],
  [
    "PKG := example.com/app/internal\nL = -X $(PKG)/build.Info=$(VERSION)",
    [["example.com/app/internal/build.Info", "version", 2]],
  ],
  [
    "M = $(shell /usr/local/go/bin/go list -m )\nL = -X ${M}/version.Version=x",
    [["example.com/app/version.Version", "version", 2]],
  ],
  [
    "V ?= $(shell git describe --tags --always --dirty)\nL = -X main.release=$(V)",
    [["main.release", "version", 2]],
  ],
  [
    "L = -X main.a=$(shell git rev-parse HEAD) -X main.b=$(shell date -u) -X main.c=`date` -X main.d=$(shell update)",
    [
      ["main.a", "commit", 1],
      ["main.b", "date", 1],
      ["main.c", "date", 1],
    ],
  ],
  [
    "L = -s \\\n \t -X main.version=1 \\\r\n  -X main.commit=1",
    [
      ["main.version", "version", 2],
      ["main.commit", "commit", 3],
    ],
  ],
  // What nobody can tell, or nobody runs.
  ["L = -X main.apiKey=$(KEY)", []],
  ["L = -X $(UNKNOWN).version=1", []],
  ["A = $(B)\nB = $(A)\nL = -X $(A).version=$(A)", []],
  ["# -X main.version=$(VERSION)", []],
])("Makefile: %s", (text, expected) => {
  expect(inMakefile(text)).toEqual(expected)
})

test("a long line is read in no time worth naming", () => {
  const text = `L = ${"-X main.a=$(".repeat(20_000)}`
  expect(inMakefile(text)).toEqual([])
})
