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
