import { describe, expect, it } from "vitest"
import { detect } from "../../../../src/detect/detect.js"
import type { GitState } from "../../../../src/git-state.js"
import type { Options } from "../../../../src/options.js"
import { assemblePlan } from "../../../../src/plan/assemble.js"
import { MemorySource } from "../../support/memory-source.js"
import { main, project, type Files } from "../../support/project.js"

const revision = "1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4"

async function planOf(state: Partial<GitState>, files: Files = {}, options: Options = {}) {
  const all: GitState = {
    ...{ revision, time: "2025-03-01T09:30:05Z", modified: false, tags: [] },
    ...{ rootModule: "example.com/hello", from: "Git", ...state },
  }
  const source = new MemorySource(project({ "main.go": main, ...files }))
  const git = () => Promise.resolve({ state: all })
  const { facts, settings } = await detect(source, { options, environment: {}, git })
  return assemblePlan(facts, settings)
}

const goMod = (path: string) => ({ "go.mod": `module ${path}\n\ngo 1.25\n` })

describe("of the commit's tags is told", () => {
  it.each<[string, string[], Partial<GitState>, Files, string[]]>([
    ["nothing of a version", ["v1.2.3"], {}, {}, []],
    ["nothing of one beside a name", ["v1.2.3", "nightly"], {}, {}, []],
    [
      "what is no version",
      ["nightly"],
      { earlierTags: ["v1.0.0"] },
      {},
      [
        `the commit's tag "nightly" is not a version such as v1.2.3: the image's version is v1.0.1-0.20250301093005-1d2f6a1c08b1`,
      ],
    ],
    [
      "what are none",
      ["nightly", "stable"],
      { earlierTags: ["v1.0.0"] },
      {},
      [
        `the commit's tags "nightly", "stable" are not versions such as v1.2.3: the image's version is v1.0.1-0.20250301093005-1d2f6a1c08b1`,
      ],
    ],
    [
      "another major version than the module's path has",
      ["v2.0.0"],
      { earlierTags: ["v1.0.0"] },
      {},
      [
        "the commit's tag v2.0.0 is of another major version than example.com/hello: `go version -m` says v1.0.1-0.20250301093005-1d2f6a1c08b1",
      ],
    ],
    [
      "another major version of a module further down",
      ["api/v2.0.0"],
      { folder: "api" },
      goMod("example.com/hello/api"),
      [
        "the commit's tag v2.0.0 is of another major version than example.com/hello/api: the image's version is v0.0.0-20250301093005-1d2f6a1c08b1",
      ],
    ],
    [
      "a version that Go has none of",
      ["6.14.1"],
      {},
      {},
      [
        "the commit's tag 6.14.1 is not a version as Go has them, such as v1.2.3: `go version -m` says v0.0.0-20250301093005-1d2f6a1c08b1",
      ],
    ],
    ["nothing where Go says no version", ["v2.0.0"], { rootModule: undefined }, {}, []],
    ["nothing of another module's", ["lib/v1.0.0"], { earlierTags: ["v1.0.0"] }, {}, []],
    [
      "nothing of the path's own",
      ["v2.1.0"],
      { rootModule: "example.com/hello/v2" },
      goMod("example.com/hello/v2"),
      [],
    ],
  ])("%s", async (_, tags, state, files, notices) => {
    const found = await planOf({ tags, ...state }, files)
    expect(found.notices.filter((each) => each.includes("tag"))).toEqual(notices)
  })
})

describe("a version is decided by", () => {
  it.each<[Partial<GitState>, string, string]>([
    [{ tags: ["v1.2.3"] }, "v1.2.3", "tag v1.2.3"],
    [{ tags: ["v1.2.3"], modified: true }, "v1.2.3+dirty", "tag v1.2.3"],
    [
      { tags: ["v1.10.0", "v1.2.3", "lib/v2.0.0"] },
      "v1.10.0",
      "tag v1.10.0, the highest of v1.10.0, v1.2.3",
    ],
    [{}, "v0.0.0-20250301093005-1d2f6a1c08b1", "Git"],
  ])("%j: %s", async (state, value, from) => {
    const { decisions } = await planOf(state)
    expect(decisions.find(({ what }) => what === "version")).toEqual({
      what: "version",
      value,
      from,
    })
    expect(decisions.find(({ what }) => what === "commit")?.value).toBe(
      state.modified ? "1d2f6a1c08b1, with changes that are not committed" : "1d2f6a1c08b1",
    )
  })
})

describe("variables of the program are set", () => {
  const code = (...names: string[]) => ({
    "main.go": `package main\n\nvar (\n${names.map((name) => `\t${name} = ""\n`).join("")})\n\nfunc main() { println() }\n`,
  })
  const set = async (state: Partial<GitState>, files: Files, options: Options = {}) => {
    const { decisions } = await planOf(state, files, options)
    return decisions.filter(({ what }) => what === "linker value").map(({ value }) => value)
  }
  const usual = code("version", "commit", "date", "shortCommit", "gitTag", "gitTreeState")

  it("by what they are called", async () => {
    const said = [
      ["version", "v1.2.3"],
      ["commit", revision],
      ["date", "2025-03-01T09:30:05Z"],
      ["shortCommit", "1d2f6a1c08b1"],
      ["gitTag", "v1.2.3"],
      ["gitTreeState", "clean"],
    ].map(([name, value]) => `main.${name}=${value}`)
    expect(await set({ tags: ["v1.2.3"] }, usual)).toEqual(said)
    const dirty = await set({ modified: true }, code("gitTreeState", "gitTag"))
    expect(dirty).toEqual(["main.gitTreeState=dirty"])
    const unknown = await set({ modified: undefined, time: undefined }, usual)
    expect(unknown).toEqual([`main.commit=${revision}`, "main.shortCommit=1d2f6a1c08b1"])
  })

  it("not, where the caller sets them", async () => {
    expect(
      await set({ tags: ["v1.2.3"] }, code("version", "commit"), {
        linkerValues: ["main.version=mine"],
      }),
    ).toEqual(["main.version=mine", `main.commit=${revision}`])
  })
})

it.each<[string, Partial<GitState>, Options, string[]]>([
  ["{{.Prerelease}}|{{.RawVersion}}", { tags: ["v1.2.3-rc.1"] }, {}, ["rc.1|1.2.3"]],
  ["{{.Prerelease}}|{{.Major}}.{{.Minor}}.{{.Patch}}", { tags: ["v1.2.3"] }, {}, ["|1.2.3"]],
  ["{{.Major}}", { tags: ["nightly"], rootModule: undefined, time: undefined }, {}, []],
  ["{{.Tag}} {{.Version}} {{.ProjectName}}", { tags: ["v1.2.3"] }, {}, ["v1.2.3 1.2.3 hello"]],
  ["{{.Timestamp}} {{.Date}}", {}, {}, ["1740821405 2025-03-01T09:30:05Z"]],
  [
    "{{.IsGitDirty}} {{.IsGitClean}} {{.GitTreeState}}",
    { modified: true },
    {},
    ["true false dirty"],
  ],
  ["{{.Git.IsDirty}} {{.Git.IsClean}} {{.GitTreeState}}", {}, {}, ["false true clean"]],
  ["{{.Git.TreeState}}", { modified: undefined }, {}, []],
  ["{{.Arch}}{{.Arm}}", {}, { platform: "linux/arm/v6" }, ["arm6"]],
  ["{{.Arch}}{{.Amd64}}{{.Arm}}", {}, { platform: "linux/amd64" }, ["amd64v1"]],
  ["{{.Arm64}}", {}, { platform: "linux/arm64" }, ["v8.0"]],
  ["{{.Arch}}", {}, {}, []],
])(
  "a linker value with the template %s, for %j %j: %j",
  async (template, state, options, expected) => {
    const linkerValues = [`main.a=${template}`]
    const { stages, notices } = await planOf(state, {}, { ...options, linkerValues })
    const text = stages
      .flatMap(({ steps }) => steps.flatMap((step) => (step.type === "run" ? step.args : [])))
      .join(" ")
    const [, value] = /-X '?main\.a=([^']*?)'?(?: -X|"? -o|$)/.exec(text) ?? []
    expect(value === undefined ? [] : [value]).toEqual(expected)
    expect(notices.some((each) => each.includes("main.a is not set"))).toBe(expected.length === 0)
  },
)

it("without a time, and with a state that nobody has looked at, the program says neither", async () => {
  const infoOf = async (state: Partial<GitState>) => {
    const { stages } = await planOf(state)
    const text = JSON.stringify(stages)
    return ["vcs.revision", "vcs.time", "vcs.modified"].filter((key) => text.includes(key))
  }
  expect(await infoOf({ time: undefined, modified: undefined })).toEqual(["vcs.revision"])
  expect(await infoOf({})).toEqual(["vcs.revision", "vcs.time", "vcs.modified"])
})
