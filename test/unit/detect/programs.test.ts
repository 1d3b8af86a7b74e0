import { describe, expect, it } from "vitest"
import { isHelper } from "../../../src/detect/packages/helper-packages.js"
import { mains, planOf, project, type Files } from "../support/project.js"

const built = async (files: Files, options = {}) =>
  (await planOf(project(files), options)).binaries.map((each) => each.package)

describe("helpers are told by their folders:", () => {
  it.each([
    ["./tools", true],
    ["./tools/lint", true],
    ["./internal/tools/x", true],
    ["./hack/gen", true],
    ["./examples/a/b", true],
    ["./Scripts/seed", true],
    ["./cmd/tools/gen", true],
    ["./tools/cmd/lint", true],
    ["./cmd/docs", false],
    ["./cmd/tools", false],
    ["./server", false],
    ["./toolsmith", false],
    [".", false],
  ])("%s: %s", (path, expected) => {
    expect(isHelper(path)).toBe(expected)
  })
})

const empty = { "main.go": "package main\n\nfunc main() {}\n" }
const wasm = 'package main\n\nimport "syscall/js"\n\nfunc main() { js.Global() }\n'

describe("what is built is", () => {
  it.each<[string, Files, string[]]>([
    ["no helper where there is a program", mains("./server", "./tools/x"), ["./server"]],
    ["the helper where there is nothing else", mains("./tools/x"), ["./tools/x"]],
    ["the command that is no helper", mains("./cmd/api", "./cmd/tools/gen"), ["./cmd/api"]],
    ["not an empty main", { ...empty, ...mains("./cmd/api") }, ["./cmd/api"]],
    [
      "not a main package without func main",
      { "doc.go": "package main\n", ...mains("./cmd/api") },
      ["./cmd/api"],
    ],
    ["an empty main where there is nothing else", empty, ["."]],
    [
      "what the Procfile names, under cmd/ before others",
      {
        ...mains("./api", "./x/job", "./cmd/job", "./tools/job"),
        Procfile: "web: api\nworker: job\n",
      },
      ["./cmd/job", "./api"],
    ],
    [
      "what it names, no helper where there is another",
      { ...mains("./api", "./x/job", "./tools/job"), Procfile: "web: api\nworker: bin/job -v\n" },
      ["./api", "./x/job"],
    ],
    [
      "what it names, also a helper",
      { ...mains("./api", "./tools/job"), Procfile: "web: ./bin/api\nworker: ./job\n" },
      ["./api", "./tools/job"],
    ],
    [
      "what it names alone",
      { ...mains("./cmd/api", "./x/job"), Procfile: "worker: job\n" },
      ["./x/job"],
    ],
    [
      "nothing of a name that several have",
      { ...mains("./cmd/api", "./x/job", "./y/job"), Procfile: "web: api\nworker: job && api\n" },
      ["./cmd/api"],
    ],
    [
      "an empty main with an init that does something",
      {
        ...empty,
        "init.go": "package main\n\nfunc init() { println(1) }\n",
        ...mains("./cmd/api"),
      },
      ["."],
    ],
    [
      "a main whose function is in another file",
      {
        "a.go": "package main\n",
        "b.go": "package main\n\nfunc main() { a() }\n",
        ...mains("./x"),
      },
      ["."],
    ],
    [
      "not what is for WebAssembly",
      { "cmd/web/main.go": wasm, ...mains("./cmd/api") },
      ["./cmd/api"],
    ],
    [
      "what a comment or a text alone would make one for WebAssembly",
      {
        "main.go":
          'package main\n\n// import "syscall/js"\n\nvar t = `\nimport "syscall/js"\n`\n\nfunc main() { println(t) }\n',
      },
      ["."],
    ],
    [
      "what the Procfile names, too",
      { ...mains(".", "./jobs/worker"), Procfile: "web: hello\nworker: bin/worker\n" },
      [".", "./jobs/worker"],
    ],
    [
      "what the Procfile names, and not the root that it does not",
      { ...mains(".", "./cmd/server"), Procfile: "web: server\n" },
      ["./cmd/server"],
    ],
    [
      "a helper that the Procfile names",
      { ...mains("./cmd/api", "./tools/seed"), Procfile: "web: api\nrelease: seed\n" },
      ["./cmd/api", "./tools/seed"],
    ],
    [
      "of two of one name the one under cmd/",
      { ...mains("./cmd/server", "./server"), Procfile: "web: server\n" },
      ["./cmd/server"],
    ],
    [
      "all under cmd/, whatever the Procfile leaves out",
      { ...mains("./cmd/api", "./cmd/seed"), Procfile: "web: api\n" },
      ["./cmd/api", "./cmd/seed"],
    ],
  ])("%s", async (_, files, paths) => {
    expect(await built(files)).toEqual(paths)
  })

  it("what the command names", async () => {
    expect(await built(mains(".", "./cmd/server"), { command: "server --port 80" })).toEqual([
      "./cmd/server",
    ])
  })

  it("nothing more than is asked for", async () => {
    const files = { ...mains(".", "./cmd/server"), Procfile: "web: hello\nworker: server\n" }
    expect(await built(files, { packages: ["."] })).toEqual(["."])
  })

  it("what is for WebAssembly where it is asked for by name, so that Go itself says why not", async () => {
    const files = { "cmd/web/main.go": wasm, ...mains("./cmd/api") }
    expect(await built(files, { packages: ["./cmd/web"] })).toEqual(["./cmd/web"])
    expect(await built(files, { packages: ["./cmd/..."] })).toEqual(["./cmd/api"])
  })

  it("a package of testdata where it is asked for by name", async () => {
    const files = mains(".", "./testdata/app", "./_old")
    expect(await built(files, { packages: ["./testdata/app"] })).toEqual(["./testdata/app"])
    expect(await built(files, { packages: ["./_old"] })).toEqual(["./_old"])
    expect(await built(files, { packages: ["./..."] })).toEqual(["."])
  })
})

describe("Heroku's build tag", () => {
  const tags = async (comment: string, options = {}) => {
    const files = { ...mains("."), "go.mod": `module example.com/hello\n\ngo 1.25\n\n${comment}\n` }
    const plan = await planOf(files, options)
    return plan.decisions.find(({ what }) => what === "build tags")
  }
  it.each([
    ["// +heroku goVersion go1.25", { what: "build tags", value: "heroku", from: "go.mod:5" }],
    ["// +heroku install .", { what: "build tags", value: "heroku", from: "go.mod:5" }],
    // The go command takes the last -tags, and Heroku's come first.
    ["// +heroku install -tags a .", { what: "build tags", value: "a", from: "go.mod:5" }],
    ["// heroku", undefined],
  ])("comes with %s", async (comment, decision) => {
    expect(await tags(comment)).toEqual(decision)
  })

  it("gives way to those that are asked for", async () => {
    const decision = await tags("// +heroku goVersion go1.25", { buildTags: ["netgo"] })
    expect(decision?.value).toBe("netgo")
  })
})

describe("// +heroku install", () => {
  const said = async (words: string) => {
    const files = {
      ...mains(".", "./cmd/api"),
      "go.mod": `module example.com/hello\n\ngo 1.25\n\n// +heroku install ${words}\n`,
    }
    const { binaries, notices } = await planOf(files)
    return [
      binaries.map((each) => each.package),
      notices.filter((each) => each.startsWith("go.mod:5")),
    ]
  }

  it.each<[string, string[], string[]]>([
    ["./cmd/api", ["./cmd/api"], []],
    ["example.com/hello/cmd/api", ["./cmd/api"], []],
    ["-v ./cmd/api", ["./cmd/api"], ["go.mod:5: the flag -v is skipped"]],
    [
      "./cmd/api example.org/tool/cmd/x",
      ["./cmd/api"],
      ["go.mod:5: not built, it is in another module: example.org/tool/cmd/x"],
    ],
    ["./cmd/api github.com/golang-migrate/migrate/v4/cmd/migrate", ["./cmd/api"], []],
  ])("%s", async (words, packages, notices) => {
    expect(await said(words)).toEqual([packages, notices])
  })
})
