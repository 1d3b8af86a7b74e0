import { describe, expect, it } from "vitest"
import type { Options } from "../../../../src/options.js"
import { detectIn, mains, planOf, project, type Files } from "../../support/project.js"

const settingsOf = async (files: Files, options: Options = {}) => {
  const { settings } = await detectIn(project(files), options)
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, each]) => (each ? [[name, each.value]] : [])),
  )
}

const noticesOf = async (files: Files, options: Options = {}) =>
  (await planOf(project(files), options)).notices.filter((each) => !each.includes("security"))

const goreleaser = (text: string) => ({ ".goreleaser.yaml": text })
const ko = (text: string) => ({ ".ko.yaml": text })

describe("goreleaser's file says", () => {
  it("which program it is, and its name", async () => {
    const files = {
      ...mains(".", "./cmd/a"),
      ...goreleaser("builds:\n- main: ./cmd/a/\n  binary: b\n"),
    }
    expect(await settingsOf(files)).toEqual({ packages: ["./cmd/a"], binaryName: "b" })
  })

  it.each<[string, Files, Options]>([
    ["an option", {}, { packages: ["."] }],
    ["a comment in go.mod", { "go.mod": "module a\n\ngo 1.25\n\n// +heroku install .\n" }, {}],
    ["the Procfile", { Procfile: "web: hello\n" }, {}],
    [
      "the Dockerfile",
      {
        Dockerfile:
          'FROM golang AS b\nRUN go build -o /x .\nFROM scratch\nCOPY --from=b /x /x\nENTRYPOINT ["/x"]\n',
      },
      {},
    ],
  ])("nothing of that where %s says it", async (_, more, options) => {
    const files = { ...mains(".", "./cmd/a"), ...goreleaser("builds:\n- main: ./cmd/a\n"), ...more }
    expect((await planOf(project(files), options)).binaries.map((each) => each.package)).toEqual([
      ".",
    ])
  })

  it.each([
    ["several programs", "builds:\n- main: ./cmd/a\n- main: ./cmd/b\n"],
    ["no program", "builds:\n- id: x\n"],
    ["one that there is not", "builds:\n- main: ./cmd/c\n"],
    ["one for another system", "builds:\n- main: ./cmd/a\n  goos: [windows]\n"],
    ["one that is not Go's", "builds:\n- main: ./cmd/a\n  builder: rust\n"],
    ["one by a template", "builds:\n- main: ./cmd/{{ .ProjectName }}\n"],
  ])("nothing of that with %s", async (_, text) => {
    const files = { ...mains(".", "./cmd/a", "./cmd/b"), ...goreleaser(text) }
    expect((await planOf(project(files))).binaries.map((each) => each.package)).toEqual(["."])
  })

  it("what several builds share by a merge key", async () => {
    const text =
      "builds:\n- &all\n  id: a\n  main: ./cmd/a\n  tags: [full]\n- <<: *all\n  goos: [windows]\n"
    const files = { ...mains(".", "./cmd/a"), ...goreleaser(text) }
    expect(await settingsOf(files)).toEqual({ packages: ["./cmd/a"], buildTags: ["full"] })
    const merged = text.replace("  goos: [windows]\n", "  main: ./cmd/b\n")
    const several = { ...mains("./cmd/a", "./cmd/b"), ...goreleaser(merged) }
    expect(
      (await detectIn(project(several), { packages: ["./cmd/b"] })).settings.buildTags?.value,
    ).toEqual(["full"])
  })

  it("flags, tags, environment and linker values, where nobody else says them", async () => {
    const text = `builds:
- ldflags: -X main.a=1 -X 'main.b=2 3' -extldflags '-static'
  flags: [-tags=x]
  tags: y
  env: [CGO_ENABLED=0, GOAMD64=v3, GOFLAGS=-tags=z]
`
    const said = {
      linkerValues: ["main.a=1", "main.b=2 3"],
      buildTags: ["z", "x", "y"],
      buildEnvironment: ["GOAMD64=v3"],
      cgo: "off",
      staticLink: true,
    }
    const files = { ...mains("."), ...goreleaser(text) }
    expect(await settingsOf(files)).toEqual(said)
    expect(await settingsOf(files, { buildTags: ["w"], cgo: "on" })).toEqual({
      ...said,
      buildTags: ["w"],
      cgo: "on",
    })
    expect(await noticesOf(files)).toEqual([
      ".: no string variable a for the linker to set (main.a)",
      ".: no string variable b for the linker to set (main.b)",
    ])
  })

  it("linker values by templates, which Git's tags and the like are put into", async () => {
    const text =
      'builds:\n- ldflags: -X main.a={{ .Version }} -X main.b={{ time "2006" }}-{{.Tag}}\n'
    expect(await settingsOf({ ...mains("."), ...goreleaser(text) })).toEqual({
      linkerValues: ["main.a={{.Version}}", 'main.b={{time "2006"}}-{{.Tag}}'],
    })
  })

  it("what has no effect", async () => {
    const text = `builds:
- main: .
  ldflags: [-s -w -buildid=, -checklinkname=0]
  flags: [-trimpath, -v, -race]
  buildmode: pie
  env: [GO111MODULE=on, GOPRIVATE=example.com, EDITOR=vi]
`
    expect(await noticesOf({ ...mains("."), ...goreleaser(text) })).toEqual([
      ".goreleaser.yaml:2: no effect here: buildmode, -race, -checklinkname=0, GOPRIVATE, EDITOR",
    ])
  })

  it("tags and linker values as far as they are known", async () => {
    const text = `builds:
- ldflags: -X main -X main.a=1
  tags: [x, "{{ .Env.TAG }}"]
`
    const files = { ...mains("."), ...goreleaser(text) }
    expect(await settingsOf(files)).toEqual({ buildTags: ["x"], linkerValues: ["main.a=1"] })
    expect((await noticesOf(files))[0]).toBe(
      ".goreleaser.yaml:2: no effect here: -X main, -tags {{ .Env.TAG }}",
    )
  })

  it("the place of each thing", async () => {
    const text = `before:
  hooks: [make]
builds:
- 'binary': a
  "main": .
  ldflags:
  - -s
  - -X main.a=1
`
    const { facts } = await detectIn(project({ ...mains("."), ...goreleaser(text) }))
    expect(facts.notices.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "2: before.hooks have no effect (bin/go-pre-compile has one here): make",
      "undefined: no string variable a for the linker to set (main.a)",
    ])
  })

  it("nothing of a build in a folder above, and a folder with its name", async () => {
    const at = async (text: string) =>
      (
        await planOf(project({ ...mains(".", "./cmd/a", "./cmd/b"), ...goreleaser(text) }))
      ).binaries.map((each) => each.package)
    expect(await at("builds:\n- dir: cmd/a\n")).toEqual(["./cmd/a"])
    expect(await at("builds:\n- dir: cmd\n  main: ./b/main.go\n")).toEqual(["./cmd/b"])
    expect(await at("builds:\n- main: ./\n")).toEqual(["."])
    expect(await at("builds:\n- main: main.go\n")).toEqual(["."])
  })

  it("nothing of the environment of whoever builds", async () => {
    const text = "builds:\n- ldflags: -X main.a={{ .Env.TOKEN }}\n"
    const files = { ...mains("."), ...goreleaser(text) }
    const { settings } = await detectIn(project(files))
    expect(JSON.stringify(settings)).not.toContain("secret")
  })
})

describe("ko's file says", () => {
  it("how each program is built, and how others are", async () => {
    const text = `defaultLdflags: [-X main.v=all]
builds:
- dir: cmd
  main: a/main.go
  ldflags: [-X main.v=a]
  linux_capabilities: net_bind_service=ep
`
    const files = { ...mains("./cmd/a", "./cmd/b"), ...ko(text) }
    expect(await settingsOf(files, { packages: ["./cmd/a"] })).toMatchObject({
      linkerValues: ["main.v=a"],
      capabilities: ["net_bind_service=ep"],
    })
    expect(await settingsOf(files, { packages: ["./cmd/b"] })).toEqual({
      packages: ["./cmd/b"],
      linkerValues: ["main.v=all"],
    })
    expect(await settingsOf(files, { packages: ["./cmd/..."] })).toEqual({
      packages: ["./cmd/..."],
    })
    expect(await noticesOf(files, { packages: ["./cmd/..."], command: "a" })).toEqual([
      ".ko.yaml:3: ldflags differ between programs and have no effect",
      ".ko.yaml:3: linux_capabilities differ between programs and have no effect",
    ])
  })

  it("the base image, of one program or of all", async () => {
    const text = `defaultBaseImage: example.com/base:v1
baseImageOverrides:
  example.com/hello/cmd/a: example.com/other:v2
`
    const files = { ...mains("./cmd/a", "./cmd/b"), ...ko(text) }
    const baseOf = async (...packages: string[]) =>
      (await settingsOf(files, { packages }))["runtime"]
    expect(await baseOf("./cmd/a")).toBe("example.com/other:v2")
    expect(await baseOf("./cmd/b")).toBe("example.com/base:v1")
    expect(await baseOf("./cmd/a", "./cmd/b")).toBe("example.com/base:v1")
  })

  it("values for the linker beside those that were asked for", async () => {
    const files = {
      ...mains("."),
      ...ko("defaultLdflags: ['-X main.v=ko', '-X main.commit={{.Nothing}}', '-X main.w=ko']\n"),
    }
    const options = { linkerValues: ["main.v=asked", "main.x=asked"] }
    expect(await settingsOf(files, options)).toMatchObject({
      linkerValues: ["main.v=asked", "main.x=asked", "main.commit={{.Nothing}}", "main.w=ko"],
    })
    expect((await noticesOf(files, options)).join()).toMatch(/main\.commit is not set/)
    const replaced = { linkerValues: ["main.v=a", "main.commit=b", "main.w=c"] }
    expect(await settingsOf(files, replaced)).toMatchObject(replaced)
  })

  it("before goreleaser's, of which nothing counts then", async () => {
    const files = {
      ...mains("."),
      ...ko("defaultLdflags: [-X main.v=ko]\n"),
      ...goreleaser("builds:\n- ldflags: -X main.v=goreleaser\n"),
    }
    expect(await settingsOf(files)).toEqual({ linkerValues: ["main.v=ko"] })
  })
})

it.each([
  ["builds: [", ".ko.yaml:1: not YAML (", "skipped"],
  ["a: &a [*a]\nbuilds: *a\n", "", ""],
  ["- 1\n", "", ""],
  ["", "", ""],
  ["builds: text\ndefaultEnv: 3\n", "", ""],
])("%j is no reason to stop", async (text, start, end) => {
  const [notice = ""] = await noticesOf({ ...mains("."), ...ko(text) })
  expect(notice.startsWith(start) && notice.endsWith(end)).toBe(true)
})
