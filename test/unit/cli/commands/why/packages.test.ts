import { expect, it, test } from "vitest"
import { compiledPackages } from "../../../../../cli/commands/why/packages.js"
import type { BuildRecord } from "../../../../../cli/record/record.js"
import { packageText, packagesText } from "../../../../../cli/commands/why/packages-text.js"
import { accountOf } from "../../../../../cli/commands/why/account.js"
import { buildStep, edited, file, of, record, step } from "./record.js"

/** Names of those that were compiled again; `?` after those of which that is not sure. */
function compiled(after: BuildRecord, before = record()): string[] {
  const { compiled, all } = compiledPackages(before, after, [])
  expect(all).toBeUndefined()
  return compiled.map((each) => each.package + (each.maybe ? "?" : ""))
}

// As `go build -v` says of such packages: what imports the changed one is compiled, others where its result is another.
test.each([
  ["nothing", {}, []],
  ["a program's file", { "main.go": file("2") }, ["."]],
  ["the middle", { "a/a.go": file("2") }, [".", "./a"]],
  ["a leaf", { "c/c.go": file("2") }, [".?", "./a?", "./b", "./c"]],
  ["an embedded file", { "b/b.txt": file("2") }, [".?", "./a", "./b"]],
  ["a comment alone", { "b/b.go": file("2", "1") }, ["./b"]],
  [
    "a comment there, code below",
    { "b/b.go": file("2", "1"), "c/c.go": file("2") },
    [".?", "./a?", "./b", "./c"],
  ],
  ["a file that nothing compiles", { "README.md": file("2") }, []],
])("%s changed", (_, files, expected) => {
  expect(compiled(edited(record(), files))).toEqual(expected)
})

it("goes the way of the imports", () => {
  const { compiled, own } = compiledPackages(
    record(),
    edited(record(), { "c/c.go": file("2") }),
    [],
  )
  expect(own).toBe(4)
  expect(compiled.map(({ package: name, through, files }) => ({ name, through, files }))).toEqual([
    { name: ".", through: ["./a", "./b", "./c"], files: [] },
    { name: "./a", through: ["./b", "./c"], files: [] },
    { name: "./b", through: ["./c"], files: [] },
    { name: "./c", through: [], files: ["c/c.go"] },
  ])
})

/** With one more file in package c. */
function withFile(path: string, state: ReturnType<typeof file>, tags: string[] = []): BuildRecord {
  const made = edited(record({ tags }), { [path]: state })
  return { ...made, packages: { ...made.packages, c: of(["c/c.go", path]) } }
}

test.each([
  ["another architecture", "c/c_arm64.go", undefined],
  ["a tag that was not given", "c/c2.go", "fast"],
])("a file for %s is not compiled", (_, path, constraint) => {
  const before = withFile(path, file("1", "1", constraint))
  expect(compiled(withFile(path, file("2", "2", constraint)), before)).toEqual([])
})

it("a tag that is given now brings a file in", () => {
  const state = file("1", "1", "fast")
  expect(compiled(withFile("c/c2.go", state, ["fast"]), withFile("c/c2.go", state))).toContain(
    "./c",
  )
})

it("a file that is gone is a change of its package", () => {
  const before = withFile("c/c2.go", file("1"))
  expect(compiled(record(), before)).toContain("./c")
})

it("another version of a module: what imports it, and perhaps what imports others", () => {
  const packages = { ...record().packages, a: of(["a/a.go"], { foreign: ["example.net/x"] }) }
  const before = record({ packages })
  const after = record({ packages, modules: { "example.org/lib": "v1.1.0" } })
  expect(compiled(after, before)).toEqual([".?", "./a?", "./b?", "./c"])
  // A module whose path begins in the same way is another one.
  expect(
    compiled(record({ modules: { "example.org/li": "v2" } }), record({ modules: {} })),
  ).toEqual([".?", "./a?", "./b?", "./c?"])
})

test.each([
  ["flag -gcflags", true],
  ["variable GOAMD64", true],
  ["cache /root/.cache/go-build", true],
  ["flag -ldflags", false],
  ["command", false],
])("%s: all packages %s", (what, isAll) => {
  const { all, compiled } = compiledPackages(record(), record(), [{ kind: "setting", what }])
  expect(all?.kind).toBe(isAll ? "setting" : undefined)
  expect(compiled).toHaveLength(isAll ? 4 : 0)
})

test.each(["flag -tags", "variable CGO_ENABLED", "variable GOFLAGS"])("%s: perhaps", (what) => {
  const found = compiledPackages(record(), record(), [{ kind: "setting", what }])
  expect(found).toMatchObject({ compiled: [], perhapsAll: { what } })
})

it("all, where the language is another, a profile changed, or nothing is known", () => {
  const all = (before: BuildRecord | undefined, after: BuildRecord) =>
    compiledPackages(before, after, []).all
  expect(all(record(), record({ languages: { "": "1.26" } }))).toEqual({
    ...{ kind: "setting", what: "the go line of go.mod", before: "1.25", after: "1.26" },
  })
  expect(all(record(), edited(record(), { "default.pgo": file("1") }))).toMatchObject({
    ...{ kind: "file", path: "default.pgo" },
  })
  expect(all(undefined, record())).toEqual({ kind: "first" })
})

it("the same base with another content may have another Go", () => {
  const cause = {
    kind: "base",
    image: "golang:1.25",
    before: "sha256:1",
    after: "sha256:2",
  } as const
  expect(compiledPackages(record(), record(), [cause])).toMatchObject({ perhapsAll: cause })
  const other = { ...cause, image: "golang:1.26", before: "golang:1.25", after: "golang:1.26" }
  expect(compiledPackages(record(), record(), [other])).toMatchObject({ all: other })
})

/** Package b embeds what a front end makes. */
function withFrontEnd(cached: boolean, root = "/src"): BuildRecord {
  const made = record({
    steps: [
      step("[frontend 1/1] RUN npm run build", cached),
      step(`[project 2/2] COPY --from=frontend [${root}/b/dist,${root}/b/dist]`, cached),
      step(buildStep),
    ],
  })
  const source = {
    ...{ kind: "directory", from: { source: true }, path: "web", to: `${root}/web` },
  } as const
  const project = { ...source, path: ".", to: root }
  const output = {
    ...{
      kind: "directory",
      from: { stage: "frontend" },
      path: `${root}/b/dist`,
      to: `${root}/b/dist`,
    },
  } as const
  const stages = [
    { name: "frontend", from: { image: "node" }, steps: [{ type: "copy", ...source }] },
    {
      ...{ name: "project", from: { scratch: true } },
      steps: [
        { type: "copy", ...project },
        { type: "copy", ...output },
      ],
    },
    ...made.plan.stages,
  ] as BuildRecord["plan"]["stages"]
  const packages = { ...made.packages, b: of(["b/b.go"], { embeds: ["b/dist/*"] }) }
  return { ...made, packages, plan: { ...made.plan, stages } }
}

// In GOPATH mode, the source is where its package is.
test.each(["/src", "/go/src/example.com/b"])(
  "a package embeds what a front end has made anew in %s",
  (root) => {
    const cause = { kind: "stage", stage: "project" } as const
    const found = compiledPackages(withFrontEnd(false, root), withFrontEnd(false, root), [cause])
    expect(packagesText(found)).toEqual([
      "By files and imports, 2 of 4 own packages were compiled again, and perhaps 1 more, but for what Go's cache had of earlier builds:",
      "  ./b: what the front end makes in b/dist changed",
      "  ./a: it imports ./b",
      "  .: only if what it imports came out different (. -> ./a -> ./b)",
    ])
    expect(compiledPackages(withFrontEnd(false), withFrontEnd(true), [cause]).compiled).toEqual([])
    const other = withFrontEnd(false)
    const packages = { ...other.packages, b: of(["b/b.go"], { embeds: ["b/*.txt"] }) }
    expect(compiledPackages(other, { ...other, packages }, [cause]).compiled).toEqual([])
  },
)

it("of one package: the seconds that it took, or that Go's cache may have had it", () => {
  const before = record()
  const after = edited(record(), { "c/c.go": file("2") })
  const text = (last: BuildRecord, name: string, others: string[] = []) =>
    packageText(name, accountOf({ last, before }), [".", "./a", "./b", "./c"], others)
  expect(text(after, "./c")).toBe(
    "./c was compiled again, unless Go's cache had it of an earlier build: c/c.go changed.\n",
  )
  const slow = [{ package: "example.com/p/c", seconds: 2.34, importedBy: [] }]
  const steps = [{ ...step(buildStep), slow }]
  expect(text({ ...after, steps }, "./c")).toBe(
    "./c was compiled again, in 2.3 s: c/c.go changed.\n",
  )
  const known = ["github.com/openai/openai-go/v3/option", "github.com/openai/openai-go/v3"]
  expect(() => text(after, "./openai", known)).toThrow(
    expect.objectContaining({ hint: `Did you mean ${[...known].reverse().join(" or ")}?` }),
  )
})
