import { severalModules } from "../../../../src/detect/packages/packages-missing.js"
import type { MainPackage } from "../../../../src/detect/packages/main-package.js"
import { describe, expect, it } from "vitest"
import { choosePackages } from "../../../../src/detect/packages/packages.js"
import { readTable } from "../../reference/table.js"
import { messageOf, resultOrUserError } from "../../support/errors.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { factsOf, mains, option, project, type Files } from "../../support/project.js"
import { fc } from "../../support/property.js"

async function choose(files: Files, asked?: string[]) {
  const facts = await factsOf(project(files))
  const choice = choosePackages(
    facts.programs,
    asked ? { packages: option("packages", asked) } : {},
  )
  return { paths: choice.packages.map(({ path }) => path), from: choice.from }
}

const install = (spec: string) => ({
  "go.mod": `module example.com/shop\n\n// +heroku install ${spec}\n`,
})

describe("where nothing is said, what is built is", () => {
  it.each([
    ["the root's main package", mains("."), ["."]],
    [
      "the root's main package alone, whatever else there is",
      mains(".", "./cmd/api", "./tools/gen"),
      ["."],
    ],
    ["the only one under cmd/", mains("./cmd/api"), ["./cmd/api"]],
    ["every one under cmd/", mains("./cmd/api", "./cmd/worker"), ["./cmd/api", "./cmd/worker"]],
    ["every one under cmd/, however deep", mains("./cmd/a/b", "./cmd/c"), ["./cmd/a/b", "./cmd/c"]],
    ["cmd itself", mains("./cmd"), ["./cmd"]],
    ["cmd itself, and not what is elsewhere", mains("./cmd", "./scripts/seed"), ["./cmd"]],
    [
      "those under cmd/, and not what is elsewhere",
      mains("./cmd/api", "./examples/x", "./cmdline"),
      ["./cmd/api"],
    ],
    ["the only one, wherever it is", mains("./server"), ["./server"]],
    ["every one, where none is under cmd/", mains("./a", "./b/c"), ["./a", "./b/c"]],
    [
      "none of modules further down",
      { ...mains(".", "./cmd/api"), "cmd/api/go.mod": "module x\n" },
      ["."],
    ],
  ])("%s", async (_, files, paths) => {
    expect((await choose(files)).paths).toEqual(paths)
  })

  it("said with why", async () => {
    expect((await choose(mains("."))).from).toBe("the main package at the root")
    expect((await choose(mains("./cmd/a"))).from).toBe("the main packages under cmd/")
    expect((await choose(mains("./a"))).from).toBe("the only main packages")
  })
})

describe("what is said counts,", () => {
  const files = mains(".", "./cmd/api", "./cmd/worker")

  it("the option before the comment in go.mod", async () => {
    expect(await choose({ ...files, ...install("./cmd/api") }, ["./cmd/worker"])).toEqual({
      paths: ["./cmd/worker"],
      from: "--packages",
    })
    expect(await choose({ ...files, ...install("./cmd/api") })).toEqual({
      paths: ["./cmd/api"],
      from: "go.mod:3",
    })
  })

  it("in its order, each package once", async () => {
    const asked = ["./cmd/worker", "./cmd/...", "."]
    expect((await choose(files, asked)).paths).toEqual(["./cmd/worker", "./cmd/api", "."])
  })
})

describe("patterns match what they match for the go command:", () => {
  const table = readTable<{ pattern: string; matches: string[]; refused?: string }>(
    "package-patterns",
  )
  const tree = [
    ".",
    "./cmd",
    "./cmd/api",
    "./cmd/api-v2",
    "./cmd/tools/gen",
    "./cmd/worker",
    "./internal/x",
  ]
  const files = { "go.mod": "module example.com/shop\n", ...mains(...tree) }

  it.each(table)("$pattern", async ({ pattern, matches, refused }) => {
    if (refused) await expect(choose(files, [pattern])).rejects.toThrow(JSON.stringify(pattern))
    else expect((await choose(files, [pattern])).paths).toEqual(matches)
  })

  it.each([
    ["cmd/api", ["./cmd/api"]],
    ["cmd/...", ["./cmd", "./cmd/api", "./cmd/api-v2", "./cmd/tools/gen", "./cmd/worker"]],
    // To the go command, these are of the standard library, too.
    ["...", tree],
    ["cmd/...o...s/...n", ["./cmd/tools/gen"]],
    ["...p...-v...", ["./cmd/api-v2"]],
  ])("%s without a dot in front is the project's own", async (pattern, paths) => {
    expect((await choose(files, [pattern])).paths).toEqual(paths)
  })
})

describe("what cannot be built is refused:", () => {
  const files = mains("./cmd/api", "./cmd/worker")

  it.each<[string, Files, string[] | undefined, string[]]>([
    [
      "a module without a main package",
      { "hello.go": "package hello\n" },
      undefined,
      [
        "no main package in module example.com/hello",
        "An image needs a program: a folder whose Go files start with `package main` and can be built for linux.",
      ],
    ],
    [
      "a package that is not there",
      files,
      ["./cmd/apis"],
      [
        'no main package matches "./cmd/apis" (--packages)',
        "Main packages here: ./cmd/api, ./cmd/worker",
      ],
    ],
    [
      "one that is not there, besides one that is",
      files,
      ["./cmd/api", "./cmd/x"],
      [
        'no main package matches "./cmd/x" (--packages)',
        "Main packages here: ./cmd/api, ./cmd/worker",
      ],
    ],
    [
      "a package that is no program",
      { ...files, "lib/lib.go": "package lib\n" },
      ["./lib"],
      [
        'no main package matches "./lib" (--packages)',
        "Main packages here: ./cmd/api, ./cmd/worker",
      ],
    ],
    [
      "an absolute path",
      files,
      ["/src/cmd/api"],
      [
        'an absolute path as a package: "/src/cmd/api" (--packages)',
        "Give it relative to the source folder, e.g. ./cmd/api.",
      ],
    ],
    [
      "a folder outside",
      files,
      ["../other"],
      [
        'a package outside the source: "../other" (--packages)',
        "Give a folder that contains both as the source.",
      ],
    ],
    [
      "a comment in go.mod that names none",
      { ...files, ...install("./cmd/web") },
      undefined,
      [
        'no main package matches "./cmd/web" (go.mod:3)',
        "Main packages here: ./cmd/api, ./cmd/worker",
      ],
    ],
    [
      "any package, where there is none at all",
      { "hello.go": "package hello\n" },
      ["./cmd/api"],
      ['no main package matches "./cmd/api" (--packages)', "This module has no main package."],
    ],
  ])("%s", async (_, files, asked, message) => {
    const facts = await factsOf(project(files))
    const settings = asked ? { packages: option("packages", asked) } : {}
    expect(messageOf(() => choosePackages(facts.programs, settings))).toBe(message.join("\n"))
  })
})

it.each(["cmd/...pi...pi", "cmd/...z...i", "...er...cmd..."])(
  "%s matches nothing here",
  async (pattern) => {
    await expect(choose(mains("./cmd/api", "./cmd/worker"), [pattern])).rejects.toThrow(
      `no main package matches ${JSON.stringify(pattern)} (--packages)`,
    )
  },
)

it("what a pattern has and linux cannot build is left, with the reason", async () => {
  const wasm = `package main\n\nimport "syscall/js"\n\nfunc main() { js.Global() }\n`
  const { programs } = await factsOf(project({ ...mains("./cmd/api"), "cmd/web/main.go": wasm }))
  const left = (pattern: string) =>
    choosePackages(programs, { packages: option("packages", [pattern]) }).left.map((each) => [
      each.package.path,
      each.reason,
    ])
  expect(left("./cmd/...")).toEqual([
    ["./cmd/web", "imports syscall/js, which does not exist for linux"],
  ])
  expect(left("./cmd/web")).toEqual([])
})

it("of programs in several modules, ten are told, and how many more there are", () => {
  const programs = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ path: `./p${i}` }) as MainPackage)
  const lines = (count: number, targets?: string[]) =>
    severalModules(programs(count), targets).message.split("\n").slice(1)
  expect(lines(10)).toEqual([
    "Choose one, or several:",
    ...programs(10).map(({ path }) => `  --packages ${path}`),
  ])
  expect(lines(12).slice(10)).toEqual(["  --packages ./p9", "  and 2 more"])
  expect(lines(2, ["web"])).toContain("Or a program:")
})

describe("a package that is left out is told by the file that does it,", () => {
  const windows = "package main\n\nfunc main() {}\n"
  it.each<[string, Files, string, string]>([
    [
      "if it is named",
      { "cmd/tray/main_windows.go": windows },
      "./cmd/tray",
      "no main package in ./cmd/tray for linux: cmd/tray/main_windows.go is for another system, by its name\nAn image needs a program that can be built for linux.",
    ],
    [
      "and not if a pattern has it",
      { "cmd/tray/main_windows.go": windows },
      "./cmd/tr...",
      'no main package matches "./cmd/tr..." (--packages)\nMain packages here: ./cmd/api',
    ],
    [
      "with the tags that bring it in",
      { "cmd/x/main.go": `//go:build pro && !linux || pro && beta\n\n${windows}` },
      "./cmd/x",
      "cmd/x/main.go:3: no main package in ./cmd/x for linux: cmd/x/main.go is left out by its build constraint, pro && !linux || pro && beta\n`--build-tags pro,beta` sets them.",
    ],
    [
      "with none for other systems",
      { "cmd/x/main.go": `//go:build windows\n\n${windows}` },
      "./cmd/x",
      "cmd/x/main.go:3: no main package in ./cmd/x for linux: cmd/x/main.go is left out by its build constraint, windows\nAn image needs a program that can be built for linux.",
    ],
  ])("%s", async (_, files, pattern, message) => {
    await expect(choose({ ...mains("./cmd/api"), ...files }, [pattern])).rejects.toThrow(message)
  })
})

describe("whatever the pattern,", async () => {
  const facts = await factsOf(
    project(mains(".", "./cmd/api", "./cmd/(x)", "./a/".concat("a".repeat(200)))),
  )
  const match = (pattern: string) =>
    choosePackages(facts.programs, { packages: option("packages", [pattern]) })

  it("it matches packages, or a message says that it does not", () => {
    const pattern = junk(
      ".",
      "./",
      "...",
      "/",
      "..",
      "cmd",
      "api",
      "*",
      "(",
      "[",
      "\\",
      "example.com/hello",
    )
    fc.assert(fc.property(pattern, (text) => void resultOrUserError(() => match(text))))
  })

  it("it is matched in a time that grows with its length", () => {
    expect(findSlowInput(match, "./", "./cmd/", "...a")).toBeUndefined()
    expect(
      findSlowInput((text) => match(text.slice(0, 400)), "./", "./a", "./...a"),
    ).toBeUndefined()
  })
})
