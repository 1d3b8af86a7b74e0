import { describe, expect, it } from "vitest"
import { detectIn, main, project, type Files } from "../../support/project.js"

/** What is sent of a project for its programs: patterns, or everything. */
async function sent(files: Files, packages: string[] = [], drop: string[] = []) {
  return (await detectIn(files, { packages, drop })).facts.buildFiles
}

const go = (name: string, ...imports: string[]) =>
  `package ${name}\n\nimport (\n${imports.map((path) => `\t"${path}"\n`).join("")})\n`

const imports = (...paths: string[]) => `${go("main", ...paths)}\nfunc main() {}\n`

describe("a build is sent", () => {
  it("everything, where it needs that", async () => {
    expect(await sent(project({ "main.go": main }))).toBeUndefined()
  })

  it("the packages that are imported, and those that these import", async () => {
    const files = project({
      "cmd/a/main.go": imports("example.com/hello/x"),
      "cmd/b/main.go": imports("example.com/hello/z"),
      "x/x.go": go("x", "example.com/hello/x/y", "fmt"),
      "x/y/y.go": go("y"),
      "z/z.go": go("z"),
    })
    expect(await sent(files, ["./cmd/a"])).toEqual(["cmd/a", "go.mod", "x"])
    expect(await sent(files, ["./cmd/b"])).toEqual(["cmd/b", "go.mod", "z"])
  })

  it("no tests, and what is compiled besides Go", async () => {
    const files = project({
      "main.go": main,
      "main_test.go": "package main\n",
      "fast_amd64.s": "",
      "default.pgo": "",
      "table.h": "",
    })
    expect(await sent(files)).toEqual([
      "default.pgo",
      "fast_amd64.s",
      "go.mod",
      "main.go",
      "table.h",
    ])
  })

  it("embedded files, whatever else is said of them", async () => {
    const files = project({
      "cmd/a/main.go": `package main\n\nimport _ "embed"\n\n//go:embed *.sql all:web\nvar files string\n\nfunc main() {}\n`,
      "cmd/a/a.sql": "",
      "cmd/a/deep/b.sql": "",
      "cmd/a/web/.hidden/x.go": "",
      "other/y.go": go("y"),
    })
    expect(await sent(files, [], ["**"])).toEqual([
      "cmd/a/a.sql",
      "cmd/a/main.go",
      "cmd/a/web",
      "go.mod",
    ])
  })

  it("imports of files for another system or tag only where they may take part", async () => {
    const files = project({
      "main.go": main,
      "main_windows.go": imports("example.com/hello/windows"),
      "main_arm64.go": imports("example.com/hello/arm"),
      "tagged.go": `//go:build mine\n\n${imports("example.com/hello/tagged")}`,
      "windows/a.go": go("windows"),
      "arm/a.go": go("arm"),
      "tagged/a.go": go("tagged"),
    })
    expect(await sent(files)).toEqual([
      "arm",
      "go.mod",
      "main.go",
      "main_arm64.go",
      "main_windows.go",
      "tagged.go",
    ])
  })

  it("all of a module that has C in it: what C includes is not read", async () => {
    const files = project({
      "cmd/a/main.go": imports("example.com/hello/native"),
      "native/a.go": go("native", "C"),
      "native/../third_party/lib.h": "",
      "docs/a.go": go("docs"),
    })
    expect(await sent(files)).toBeUndefined()
  })

  it("everything, where it has hooks: what they read is not known", async () => {
    const files = project({ "main.go": main, "docs/a.go": go("docs"), "bin/go-pre-compile": "" })
    expect(await sent(files)).toBeUndefined()
  })

  it("the files of other modules that it imports, and no others", async () => {
    const files = {
      "go.work": "go 1.25\n\nuse (\n\t./a\n\t./b\n\t./lib\n)\n",
      "a/go.mod": "module example.com/a\n",
      "a/main.go": imports("example.com/lib/x"),
      "b/go.mod": "module example.com/b\n",
      "b/main.go": imports("example.com/lib/y"),
      "lib/go.mod": "module example.com/lib\n",
      "lib/x/x.go": go("x"),
      "lib/y/y.go": go("y"),
    }
    expect(await sent(files, ["./a"])).toEqual(["a", "b/go.mod", "go.work", "lib/go.mod", "lib/x"])
  })
})
