import { expect, test } from "vitest"
import { readMakefileValues } from "../../../../src/detect/project/makefile-values.js"

const flags = (value: string) => `LDFLAGS = -s -w ${value}\n`

test.each<[string, string, [string, number][]]>([
  ["a value", flags("-X main.Mode=prod"), [["main.Mode=prod", 1]]],
  [
    "in quotes",
    flags(`-X 'main.Mode=prod' -X "main.Kind=full"`),
    [
      ["main.Mode=prod", 1],
      ["main.Kind=full", 1],
    ],
  ],
  [
    "beside what Git says, in a recipe",
    'image:\n\tdocker build \\\n\t  --build-arg LD="-X main.Version=$(V) -X main.Commit=$(shell git rev-parse HEAD) -X main.Mode=prod" \\\n\t  .\n',
    [["main.Mode=prod", 3]],
  ],
  [
    "in a package of the module",
    "PKG := example.com/app/internal\nL = -X $(PKG)/config.Env=production\n",
    [["example.com/app/internal/config.Env=production", 2]],
  ],
  [
    "that a target for tests has, too",
    "test-js:\n\tgo build -ldflags '-X main.Mode=prod' .\n\nbuild:\n\tgo build -ldflags '-X main.Mode=prod' .\n",
    [["main.Mode=prod", 5]],
  ],
  [
    "that is another one for tests",
    "build:\n\tgo build -ldflags '-X main.Mode=prod' .\n\ntest:\n\tgo build -ldflags '-X main.Mode=test' .\n",
    [["main.Mode=prod", 2]],
  ],
  ["for debugging", "debug:\n\tgo build -ldflags '-X main.debug=true' .\n", []],
  [
    "for debugging, of its target alone",
    "debug: LDFLAGS += -X main.debug=true\n\tgo build .\n",
    [],
  ],
  ["for debugging, by its name", "DEBUG_LDFLAGS = \\\n  -X main.debug=true\n", []],
  ["under a condition", "ifdef DEBUG\nLDFLAGS += -X main.debug=true\nendif\n", []],
  ["under one in it", "LDFLAGS = $(if $(DEBUG),-X main.debug=true -X main.b=c,)\n", []],
  [
    "after a condition",
    `ifeq ($(OS),x)\nA = b\nendif\n${flags("-X main.Mode=prod")}`,
    [["main.Mode=prod", 4]],
  ],
  ["of two kinds", "A = -X main.Mode=prod\nB = -X main.Mode=lite\n", []],
  ["that is one or another", "A = -X main.Mode=prod\nB = -X main.Mode=$(MODE)\n", []],
  ["with a variable", flags("-X main.Mode=$(MODE)"), []],
  ["with a shell's variable", flags("-X main.Mode=$$MODE"), []],
  ["with a command", flags("-X main.Mode=`cat mode`"), []],
  ["with a blank, of which the end is not known", flags("-X 'main.Mode=a b'"), []],
  ["with a quote", flags(`-X main.Mode=a"b"`), []],
  ["that is empty", flags("-X main.Mode="), []],
  ["that Git says", flags("-X main.version=1.0.0"), []],
  ["in a comment", `# ${flags("-X main.Mode=prod")}`, []],
])("%s", (_, text, expected) => {
  const found = readMakefileValues(text, "Makefile", "example.com/app")
  expect(found.map(({ value, line }) => [value, line])).toEqual(expected)
})
