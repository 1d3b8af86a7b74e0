import { describe, expect, it } from "vitest"
import type { Options } from "../../../../src/options.js"
import { detectIn, project, type Files } from "../../support/project.js"

const embeds = (code = "", folder = "") => {
  const start = folder === "" ? "" : `${folder}/`
  const name = folder === "" ? "main" : "web"
  const text = `package ${name}\n\nimport "embed"\n\n//go:embed static\nvar files embed.FS\n\n${code}\n`
  return {
    "main.go": `package main\n\nimport _ "example.com/hello/web"\n\nfunc main() { println() }\n`,
    ...(folder === "" && { "main.go": `${text}\nfunc main() { println() }\n` }),
    ...(folder !== "" && { [`${start}web.go`]: text }),
    [`${start}static/index.html`]: "<p>\n",
    [`${start}static/css/a.css`]: "p {}\n",
    "data/list.csv": "1\n",
  }
}

async function assetsOf(files: Files, options: Options = {}) {
  const { facts } = await detectIn(project(files), options)
  const notes = facts.notices.map(({ message }) => message).filter((each) => each.includes("embed"))
  return { kept: facts.assets.map(({ path }) => path), folders: facts.assetFolders, notes }
}

describe("what is in the program by //go:embed", () => {
  it("is not in the image besides, without a word: no code reads it there", async () => {
    expect(await assetsOf(embeds())).toEqual({
      kept: ["data/"],
      folders: ["data"],
      notes: [],
    })
    expect((await assetsOf(embeds("", "web"))).kept).toEqual(["data/"])
  })

  it("is, where somebody says to keep it", async () => {
    expect((await assetsOf(embeds(), { keep: ["static"] })).kept).toEqual(["data/", "static/"])
  })

  it.each([
    ["a function of Go's library", 'var dev = os.DirFS("static")'],
    ["all of the working directory", 'var dev = http.Dir(".")'],
    ["a part of it", 'var a, _ = os.ReadFile("static/css/a.css")'],
    ["a pattern", 'var t = template.Must(template.ParseGlob("static/*.html"))'],
    ["a flag's default", 'var dir = flag.String("dir", "./static", "where files are")'],
    ["a router", 'func serve(e *gin.Engine) { e.Static("/static", "static") }'],
    ["an address", 'const source = "file://static"'],
  ])("is, where the code names it as it is on a disk: %s", async (_, code) => {
    expect((await assetsOf(embeds(code))).kept).toEqual(["data/", "static/"])
  })

  it.each([
    ["its own embed.FS", 'var a, _ = files.ReadFile("static/index.html")'],
    ["templates in it", 'var t = template.Must(template.ParseFS(files, "static/*.html"))'],
    ["a part of it as a root", 'var sub, _ = fs.Sub(files, "static")'],
    ["an address", 'const route = "/static/"'],
    ["a comment", '// os.DirFS("static")'],
    ["another file", 'var a, _ = os.ReadFile("data/list.csv")'],
    ["a file that is not known", "func read(a string) { os.ReadFile(a) }"],
  ])("is not, where the code only names %s", async (_, code) => {
    expect((await assetsOf(embeds(code))).kept).toEqual(["data/"])
  })

  it("of a package further down is told by its path from the root", async () => {
    const byRoot = embeds('const dir = "web/static"', "web")
    expect((await assetsOf(byRoot)).kept).toEqual(["data/", "web/"])
    expect((await assetsOf(embeds('const dir = "static"', "web"))).kept).toEqual(["data/"])
  })

  it.each<[string, Files]>([
    ["a command", { Procfile: "web: hello -dir ./static\n" }],
    [
      "the project's own Dockerfile",
      {
        Dockerfile:
          'FROM golang:1.25 AS build\nCOPY . .\nRUN go build -o /hello .\nFROM debian\nCOPY --from=build /hello /hello\nCOPY static /static\nCMD ["/hello"]\n',
      },
    ],
  ])("is, where %s wants it", async (_, more) => {
    expect((await assetsOf({ ...embeds(), ...more })).kept).toEqual(["data/", "static/"])
  })

  it("leaves what Go does not embed: names with a dot or an underscore before them", async () => {
    const files = { ...embeds(), "static/_redirects": "/a /b\n" }
    expect((await assetsOf(files)).kept).toEqual(["data/", "static/"])
    expect((await assetsOf(files)).folders).toEqual(["data", "static"])
  })
})

describe("an exception among the patterns to drop", () => {
  it("leaves what it names, and brings in nothing that is left out for another reason", async () => {
    const files = {
      "main.go": "package main\n\nfunc main() { println() }\n",
      "ui/index.html": "<p>\n",
      "ui/.env": "TOKEN=a\n",
      "ui/ui_gen.go": "package ui\n",
      "ui/build.log": "a\n",
      ".gitignore": "*.log\n",
      "charts/a.yaml": "a: 1\n",
    }
    const { kept, folders } = await assetsOf(files, { drop: ["**", "!ui"] })
    expect([kept, folders]).toEqual([["ui/"], ["ui"]])
    const { facts } = await detectIn(project(files), { drop: ["**", "!ui"] })
    expect(facts.assets).toEqual([{ path: "ui/", files: 1 }])
  })
})
