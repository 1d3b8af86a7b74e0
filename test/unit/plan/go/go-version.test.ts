import { describe, expect, it } from "vitest"
import {
  lastPatches,
  newestMinor,
  oldestMinor,
} from "../../../../src/plan/go/version/go-releases.js"
import { resolveGoVersion } from "../../../../src/plan/go/version/go-version.js"
import { readTable } from "../../reference/table.js"
import { messageOf, resultOrUserError } from "../../support/errors.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { factsOf, option, project, type Files } from "../../support/project.js"
import { fc } from "../../support/property.js"

const facts = await factsOf(project({ "go.mod": "module a\n" }))

async function resolve(files: Files, asked?: string) {
  const facts = await factsOf(project(files))
  return resolveGoVersion(facts, asked === undefined ? undefined : option("goVersion", asked))
}

/** What was asked for with the option, in a project that says nothing itself. */
const ask = (text: string) => resolveGoVersion(facts, option("goVersion", text))

describe("of several that say something,", () => {
  const goMod = (...lines: string[]) => ({ "go.mod": ["module a", ...lines].join("\n") })

  it.each<[string, Files, string | undefined, string, string]>([
    [
      "the option is the first",
      { ...goMod("go 1.22", "// +heroku goVersion 1.23"), ".go-version": "1.24\n" },
      "1.26",
      "1.26",
      "--go-version",
    ],
    [
      "then the comment in go.mod",
      { ...goMod("go 1.22", "// +heroku goVersion go1.23"), ".go-version": "1.24\n" },
      undefined,
      "1.23",
      "go.mod:3",
    ],
    [
      "then .go-version",
      { ...goMod("go 1.22"), ".go-version": "# why\n1.24\n" },
      undefined,
      "1.24",
      ".go-version:2",
    ],
    ["then go.mod's go line", goMod("", "go 1.22"), undefined, "1.22", "go.mod:3"],
    [
      "or its toolchain line, where that is newer",
      goMod("go 1.22", "toolchain go1.24.1"),
      undefined,
      "1.24",
      "go.mod:3",
    ],
    [
      "or not, where it is older",
      goMod("go 1.25.0", "toolchain go1.24.1"),
      undefined,
      "1.25",
      "go.mod:2",
    ],
    [
      "or not, where it is the default",
      goMod("go 1.22", "toolchain default"),
      undefined,
      "1.22",
      "go.mod:2",
    ],
    [
      "or go.work's, where that is newer",
      { ...goMod("go 1.22"), "go.work": "go 1.23\ntoolchain go1.26.1\nuse .\n" },
      undefined,
      "1.26",
      "go.work:2",
    ],
    [
      "then mise.toml",
      { ...goMod("go 1.22"), "mise.toml": '[tools]\nnode = "22"\ngo = "1.26.3"\n' },
      undefined,
      "1.26.3",
      "mise.toml:3",
    ],
    [
      "then .tool-versions",
      { ...goMod("go 1.22"), ".tool-versions": "nodejs 22.1.0\ngolang 1.24.5 # why\n" },
      undefined,
      "1.24.5",
      ".tool-versions:2",
    ],
    [
      "mise.toml before .tool-versions",
      {
        ...goMod("go 1.22"),
        ".mise.toml": '[tools]\ngo = "1.26"\n',
        ".tool-versions": "go 1.24\n",
      },
      undefined,
      "1.26",
      ".mise.toml:2",
    ],
    [
      ".go-version before both",
      { ...goMod("go 1.22"), "mise.toml": '[tools]\ngo = "1.26"\n', ".go-version": "1.24\n" },
      undefined,
      "1.24",
      ".go-version:1",
    ],
    [
      ".mise.toml before mise.toml",
      {
        ...goMod("go 1.22"),
        "mise.toml": '[tools]\ngo = "1.25"\n',
        ".mise.toml": '[tools]\ngo = "1.26"\n',
      },
      undefined,
      "1.26",
      ".mise.toml:2",
    ],
    [
      "mise/config.toml before .mise/config.toml",
      {
        ...goMod("go 1.22"),
        ".mise/config.toml": '[tools]\ngo = "1.25"\n',
        "mise/config.toml": '[tools]\ngo = "1.26"\n',
      },
      undefined,
      "1.26",
      "mise/config.toml:2",
    ],
    [
      "go.mod where .go-version is the machine's Go",
      { ...goMod("go 1.22"), ".go-version": "system\n" },
      undefined,
      "1.22",
      "go.mod:2",
    ],
    [
      "or go.mod, where that needs a newer one",
      { ...goMod("go 1.24"), ".tool-versions": "golang 1.22.1\n" },
      undefined,
      "1.24",
      "go.mod:2",
    ],
    [
      "go.mod before the Dockerfile",
      { ...goMod("go 1.22"), Dockerfile: "FROM golang:1.26\n" },
      undefined,
      "1.22",
      "go.mod:2",
    ],
    [
      "then the Dockerfile",
      {
        ...goMod(),
        Dockerfile: "# syntax\nFROM --platform=$BUILDPLATFORM golang:1.26.2-alpine AS b\n",
      },
      undefined,
      "1.26.2",
      "Dockerfile:2",
    ],
    [
      "also where go.mod has but a language version",
      { ...goMod("go 1.16"), Dockerfile: "FROM golang:1.22\n" },
      undefined,
      "1.22",
      "Dockerfile:1",
    ],
    [
      "the default where the Dockerfile's cannot be used",
      { ...goMod(), Dockerfile: "FROM golang:1.9\n" },
      undefined,
      "1.27",
      "default",
    ],
    ["then the default", goMod(), undefined, "1.27", "default"],
    [
      "the default also where .go-version is blank",
      { ...goMod(), ".go-version": "\n\n" },
      undefined,
      "1.27",
      "default",
    ],
    [
      "and go.mod where .go-version is blank",
      { ...goMod("go 1.22"), ".go-version": " \n" },
      undefined,
      "1.22",
      "go.mod:2",
    ],
  ])("%s", async (_, files, asked, tag, from) => {
    expect(await resolve(files, asked)).toMatchObject({ tag, from })
  })

  it("what a person asked for is exact, what a go line needs is the least", async () => {
    const exact = { ...goMod("go 1.22.3"), ".go-version": "1.22.3" }
    expect(await resolve(goMod("go 1.22.3"))).toMatchObject({ tag: "1.22", explicit: false })
    expect(await resolve(exact)).toMatchObject({ tag: "1.22.3", explicit: true })
    expect(await resolve(exact, "1.22.5")).toMatchObject({ tag: "1.22.5", explicit: true })
  })
})

describe("a Go without security releases", () => {
  const said = async (files: Files, asked?: string) => (await resolve(files, asked)).notices

  it("is said to be one, whoever asked for it", async () => {
    const notice = (tag: string, from: string) =>
      `Go ${tag} (${from}) gets no more security releases; 1.${newestMinor - 1} and 1.${newestMinor} do (--go-version 1.${newestMinor})`
    const goMod = { "go.mod": `module a\n\ngo 1.${newestMinor - 2}\n` }
    expect(await said(goMod)).toEqual([notice(`1.${newestMinor - 2}`, "go.mod:3")])
    expect(await said({ "go.mod": "module a\n" }, "1.22.3")).toEqual([
      notice("1.22.3", "--go-version"),
    ])
  })

  it("is none of the two newest, nor what floats", async () => {
    for (const asked of [`1.${newestMinor}`, `1.${newestMinor - 1}.1`, "latest"]) {
      expect(await said({ "go.mod": "module a\n" }, asked)).toEqual([])
    }
  })

  it("is said of a version manager's file that is behind go.mod", async () => {
    const files = { "go.mod": `module a\ngo 1.${newestMinor}\n`, ".tool-versions": "golang 1.22\n" }
    expect(await said(files)).toEqual([
      `.tool-versions:1: Go 1.22 is older than the 1.${newestMinor} that go.mod:2 needs; the newer one is used`,
    ])
  })
})

describe("a version manager's file that another one comes before", () => {
  const goMod = { "go.mod": `module a\ngo 1.${newestMinor}\n` }
  const mise = (version: string) => ({ "mise.toml": `[tools]\ngo = "${version}"\n` })
  const [one, two] = [`1.${newestMinor}.1`, `1.${newestMinor}.2`]
  const said = async (files: Files, asked?: string) =>
    (await resolve({ ...goMod, ...files }, asked)).notices

  it("is said to have no effect", async () => {
    const files = { ...mise(one), ".tool-versions": `golang ${two}\n` }
    expect(await said(files)).toEqual([
      `.tool-versions:1: Go ${two} has no effect; mise.toml:2 comes first and says ${one}`,
    ])
    expect(await said({ ...files, ".go-version": `go${two}\n` })).toEqual([
      `mise.toml:2: Go ${one} has no effect; .go-version:1 comes first and says go${two}`,
    ])
  })

  it("is not, where it says the same, or a person asked for a Go", async () => {
    const same = { ".go-version": `go1.${newestMinor}.x\n`, ...mise(`1.${newestMinor}`) }
    expect(await said(same)).toEqual([])
    expect(await said({ ...mise(one), ".tool-versions": `golang ${two}\n` }, two)).toEqual([])
  })
})

describe("a version is asked for as", () => {
  it.each([
    ["1.25", "1.25"],
    ["1.25.3", "1.25.3"],
    ["go1.25", "1.25"],
    ["go1.25.3", "1.25.3"],
    ["v1.25.3", "1.25.3"],
    [" 1.25 ", "1.25"],
    ["1.25.x", "1.25"],
    ["1.25.*", "1.25"],
    ["go1.25.x", "1.25"],
    ["go-1.25.3", "1.25.3"],
    ["1.26.0-rc.1", "1.26rc1"],
    ["oldstable", `1.${newestMinor - 1}`],
    ["1.26rc1", "1.26rc1"],
    ["go1.26RC2", "1.26rc2"],
    ["1.26beta1", "1.26beta1"],
    ["1.20", "1.20"],
    ["1.21.0", "1.21.0"],
    [`1.${oldestMinor}`, `1.${oldestMinor}`],
    ["1", "1"],
    ["1.x", "1"],
    ["go1", "1"],
    ["latest", "1"],
    ["stable", "1"],
    ["Latest", "1"],
    // The next Go comes out before this is told.
    [`1.${newestMinor + 1}`, `1.${newestMinor + 1}`],
    [`1.${newestMinor}.99`, `1.${newestMinor}.99`],
  ])("%s", (text, tag) => {
    expect(ask(text)).toMatchObject({ tag, explicit: true, from: "--go-version" })
  })
})

describe("a range is asked for, and its newest release is taken,", () => {
  const last = lastPatches.get(24) ?? 0

  it.each([
    // By a floating tag, where later patches are in the range, too.
    [">=1.24", "1"],
    [">= 1.24", "1"],
    [">=go1.24", "1"],
    [">=v1.24.1", "1"],
    ["^1.24", "1"],
    ["*", "1"],
    ["~1.24", "1.24"],
    ["~1.24.3", "1.24"],
    ["1.24.x || 1.22.x", "1.24"],
    ["1.22 - 1.24", "1.24"],
    [">=1.22 <1.25", "1.24"],
    ["<1.25", "1.24"],
    [">1.22.3 <1.23", "1.22"],
    ["=1.24", "1.24"],
    // By its patch, where they are not.
    [">=1.24 <1.24.5", "1.24.4"],
    ["<=1.24.3", "1.24.3"],
    ["=1.24.3", "1.24.3"],
    ["1.24.1 - 1.24.6", "1.24.6"],
    [`<=1.24.${last}`, `1.24.${last}`],
  ])("%s", (text, tag) => {
    expect(ask(text).tag).toBe(tag)
  })
})

describe("a version that cannot be is refused with what to write:", () => {
  it.each([
    ["BAD_NEWS_BEARS", 'not a Go version: "BAD_NEWS_BEARS" (--go-version)'],
    ["1.25.3.4", 'not a Go version: "1.25.3.4" (--go-version)'],
    ["1.", 'not a Go version: "1." (--go-version)'],
    [".13", 'not a Go version: ".13" (--go-version)'],
    ["go", 'not a Go version: "go" (--go-version)'],
    ["gotip", 'not a Go version: "gotip" (--go-version)'],
    ["1.25-alpine", 'not a Go version: "1.25-alpine" (--go-version)'],
    ["golang:1.25", 'not a Go version: "golang:1.25" (--go-version)'],
    ["", 'not a Go version: "" (--go-version)'],
    ["  ", 'not a Go version: "  " (--go-version)'],
    ["1.25\n1.24", 'no Go release is in the range "1.25\\n1.24" (--go-version)'],
    [
      ">=1.24 ".repeat(20),
      `not a Go version: "${">=1.24 ".repeat(20).slice(0, 100)}" (--go-version)`,
    ],
    ["1.22.13", "there is no Go 1.22.13 (--go-version)"],
    ["1.12", "Go 1.12 is too old (--go-version)"],
    ["1.2.1", "Go 1.2.1 is too old (--go-version)"],
    ["1.0", "Go 1.0 is too old (--go-version)"],
    ["2.0", 'no Go release is in the range "2.0" (--go-version)'],
    ["2", 'no Go release is in the range "2" (--go-version)'],
    ["<1.10", 'no Go release is in the range "<1.10" (--go-version)'],
    [">=1.24 <1.24", 'no Go release is in the range ">=1.24 <1.24" (--go-version)'],
  ])("%j", (text, message) => {
    const [first, ...rest] = messageOf(() => ask(text)).split("\n")
    expect(first).toBe(message)
    expect(rest.join("\n")).toMatch(
      /Write a version|known releases go from|The oldest Go|The last patch of that release/,
    )
  })

  it("with the file and line that has it", async () => {
    const facts = await factsOf(project({ ".go-version": "# hello\nnewest\n" }))
    expect(messageOf(() => resolveGoVersion(facts, undefined))).toBe(
      [
        'not a Go version: "newest" (.go-version:2)',
        'Write a version such as 1.27 or 1.27.3, a range such as ">=1.24", or latest.',
      ].join("\n"),
    )
  })
})

describe("a go line", () => {
  it.each([
    ["1.22", "1.22"],
    ["1.22.0", "1.22"],
    ["1.22.99", "1.22"],
    // The release came after its candidates, and does what they do.
    ["1.24rc1", "1.24"],
    // A candidate of a Go that is not out.
    [`1.${newestMinor + 1}rc1`, `1.${newestMinor + 1}rc1`],
    [`1.${newestMinor + 1}`, `1.${newestMinor + 1}`],
  ])("%s is built with the image tagged %s", async (line, tag) => {
    expect((await resolve({ "go.mod": `module a\ngo ${line}\n` })).tag).toBe(tag)
  })

  it.each(["1.9", "1.13", "1.20"])(
    "of %s is a language version, which the default Go builds, and that is said",
    async (version) => {
      expect(await resolve({ "go.mod": `module a\n\ngo ${version}\n` })).toMatchObject({
        tag: "1.27",
        from: "default",
        notices: [
          `go.mod:3: Go ${version} is a language version, not the Go that is needed; Go 1.27 builds it`,
        ],
      })
    },
  )

  it("newer than any Go known is said to be", async () => {
    const { notices } = await resolve({ "go.mod": `module a\ngo 1.${newestMinor + 1}\n` })
    expect(notices).toHaveLength(1)
    expect((await resolve({ "go.mod": "module a\ngo 1.25\n" }, "1.99")).notices).toEqual([
      `--go-version: Go 1.99 is newer than any Go known here (1.${newestMinor})`,
    ])
  })

  it("of another major version is refused", async () => {
    const facts = await factsOf(project({ "go.mod": "module a\n\ngo 2.0\n" }))
    expect(messageOf(() => resolveGoVersion(facts, undefined))).toMatch(/^go\.mod:3 .*2\.0/)
  })

  it("is what must be met; a toolchain line is but a suggestion", async () => {
    const goMod = { "go.mod": "module a\ngo 1.22\ntoolchain go1.24.1\n" }
    expect((await resolve(goMod, "1.23.1")).tag).toBe("1.23.1")
    expect((await resolve(goMod)).tag).toBe("1.24")
  })

  it("that needs a newer Go than was asked for is named with what to do", async () => {
    const files = { "go.mod": "module a\n\ngo 1.24.2\n", ".go-version": "1.23\n" }
    const facts = await factsOf(project(files))
    expect(messageOf(() => resolveGoVersion(facts, undefined))).toBe(
      [
        "Go 1.23 was asked for, but go.mod:3 needs 1.24.2",
        ".go-version:1 says 1.23. Ask for 1.24 or newer there, or remove it.",
      ].join("\n"),
    )
  })
})

describe("what is asked for is refused where Go would refuse it:", () => {
  const table = readTable<{ asked: string; required: string; isOlder: boolean }>("versions")
  // A tag without a patch stands for the newest one.
  const exact = table.filter(({ asked }) => !/^1\.\d+$/.test(asked))

  it.each(exact)("$asked where go.mod needs $required", async ({ asked, required, isOlder }) => {
    const facts = await factsOf(project({ "go.mod": `module a\ngo ${required}\n` }))
    const result = resultOrUserError(() => resolveGoVersion(facts, option("goVersion", asked)))
    expect(result instanceof Error).toBe(isOlder)
  })

  it("a floating tag is enough for any patch of its minor", async () => {
    expect((await resolve({ "go.mod": "module a\ngo 1.24.99\n" }, "1.24")).tag).toBe("1.24")
  })
})

describe("whatever is asked for,", () => {
  const text = junk(
    "1",
    ".",
    "25",
    "1.24",
    "go",
    "v",
    ">=",
    "<",
    "~",
    "^",
    "||",
    " - ",
    "x",
    "*",
    "rc1",
    "latest",
    "-0",
  )

  it("a tag has the form of an image's tag, or a message says what is wrong", () => {
    fc.assert(
      fc.property(text, (text) => {
        const version = resultOrUserError(() => ask(text))
        if (version instanceof Error) return
        expect(version.tag).toMatch(/^1(\.[1-9]\d*(\.(0|[1-9]\d*))?((rc|beta)\d+)?)?$/)
      }),
    )
  })

  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(ask, "1.", ">=", "1.25 ", ">=1.24 || ")).toBeUndefined()
  })
})
