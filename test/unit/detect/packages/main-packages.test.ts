import { describe, expect, it } from "vitest"
import { findMainPackages, isBuildable } from "../../../../src/detect/packages/main-packages.js"

const linux = { os: "linux", cgo: false }
const main = "package main\n"

function find(files: Record<string, string>, tags: string[] = []) {
  const owner = { folder: "", path: "example.com/shop", buildTags: tags }
  return findMainPackages(Object.keys(files), new Map(Object.entries(files)), linux, () => owner)
    .mainPackages
}
const paths = (files: Record<string, string>, tags?: string[]) =>
  find(files, tags).map(({ path }) => path)

describe("main packages are", () => {
  it("the folders with a main file, sorted, each with its first file and the line of the clause", () => {
    const files = {
      "main.go": `// hello\n\n${main}`,
      "cmd/worker/main.go": main,
      "cmd/api/server.go": `\n${main}`,
      "cmd/api/api.go": main,
    }
    const importPath = "example.com/shop"
    expect(find(files)).toEqual([
      { path: ".", importPath, module: "", file: "main.go", line: 3 },
      {
        path: "./cmd/api",
        importPath: `${importPath}/cmd/api`,
        module: "",
        file: "cmd/api/api.go",
        line: 1,
      },
      {
        path: "./cmd/worker",
        importPath: `${importPath}/cmd/worker`,
        module: "",
        file: "cmd/worker/main.go",
        line: 1,
      },
    ])
  })

  it("the same whatever the order of the files", () => {
    const files = { "b/a.go": main, "a.go": main, "a/a.go": main, "b/b.go": main }
    expect(find(files)).toEqual(find(Object.fromEntries(Object.entries(files).reverse())))
  })

  it("none without a package clause of main", () => {
    expect(
      paths({ "a.go": "package a\n", "b.go": "/*\npackage main\n*/\npackage b\n", "c.go": "" }),
    ).toEqual([])
  })

  it("none of generators and tools that a build leaves out", () => {
    const files = {
      "gen.go": `//go:build ignore\n\n${main}`,
      "old.go": `// +build ignore\n\n${main}`,
      "tools.go": `//go:build tools\n\n${main}`,
      "library.go": "package library\n",
    }
    expect(paths(files)).toEqual([])
  })

  it("those that a build tag lets in", () => {
    const files = { "cmd/dev/main.go": `//go:build dev\n\n${main}` }
    expect(paths(files)).toEqual([])
    expect(paths(files, ["dev"])).toEqual(["./cmd/dev"])
  })

  it("those of linux, on whatever architecture", () => {
    const files = {
      "cmd/a/main_windows.go": main,
      "cmd/b/main_linux.go": main,
      "cmd/c/main_arm64.go": main,
      "cmd/d/main.go": `//go:build !windows && !wasm\n\n${main}`,
      "cmd/e/main.go": `//go:build js && wasm\n\n${main}`,
    }
    expect(paths(files)).toEqual(["./cmd/b", "./cmd/c", "./cmd/d"])
  })

  it("not their tests", () => {
    expect(paths({ "main_test.go": main, "a/main_linux_test.go": main })).toEqual([])
  })

  it("none whose file could not be read", () => {
    const owner = { folder: "", path: "example.com/shop", buildTags: [] }
    expect(findMainPackages(["main.go"], new Map(), linux, () => owner).mainPackages).toEqual([])
  })
})

describe("the go command passes over files in", () => {
  it.each([
    "vendor/a/main.go",
    "a/vendor/b.go",
    "testdata/main.go",
    "a/testdata/b/c.go",
    "_a/main.go",
    "a/_b/c.go",
    ".a/b.go",
    "a/.b/c/d.go",
  ])("%s", (file) => {
    expect(isBuildable(file)).toBe(false)
  })
})

describe("the go command looks at files in", () => {
  it.each([
    "main.go",
    "_main.go",
    "cmd/a/b.go",
    "vendors/a.go",
    "testdata2/a.go",
    "a_/b.go",
    "a.b/c.go",
    "internal/a.go",
  ])("%s", (file) => {
    expect(isBuildable(file)).toBe(true)
  })
})
