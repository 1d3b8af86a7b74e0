import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { accountOf } from "../../../../../cli/commands/why/account.js"
import { findAsked } from "../../../../../cli/commands/why/asked.js"
import { foreignText } from "../../../../../cli/commands/why/foreign-text.js"
import { readRecords, writeRecord } from "../../../../../cli/record/store.js"
import type { BuildRecord } from "../../../../../cli/record/record.js"
import type { ImageConfig } from "../../../../../src/plan/types.js"
import { temporaryFolder } from "../../temporary.js"
import { buildStep, copyStep, edited, file, record, step } from "./record.js"

let folder: string

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
  folder = temporaryFolder()
  mkdirSync(join(folder, "a"))
  writeFileSync(join(folder, "go.mod"), "module example.com/p\n\ngo 1.25\n")
  return () => {
    vi.unstubAllEnvs()
  }
})

const cached = (made: BuildRecord, time: number): BuildRecord => ({
  ...made,
  time,
  steps: [step(buildStep, true), step(copyStep, true)],
})

describe("a build for which nothing changed", () => {
  const first = record()
  const second = { ...edited(first, { "a/a.go": file("2") }), time: 1 }

  it("leaves what is known of the one before, which took long", () => {
    writeRecord(folder, second, { last: first })
    writeRecord(folder, cached(second, 2), readRecords(folder, first))
    writeRecord(folder, cached(second, 3), readRecords(folder, first))
    expect(readRecords(folder, first)).toEqual({ last: second, before: first, again: 3 })
    const account = accountOf(readRecords(folder, first)!)
    expect(account.again).toBe(new Date(3).toISOString())
    expect(account.ran).toHaveLength(2)
  })

  it("is one of its own where something did change, or a step ran", () => {
    writeRecord(folder, second, { last: first })
    const edit = cached(edited(second, { "a/a.go": file("3") }), 2)
    writeRecord(folder, edit, readRecords(folder, first))
    expect(readRecords(folder, first)).toEqual({ last: edit, before: second })
    const collected = { ...edit, time: 3, steps: [step(buildStep)] }
    writeRecord(folder, collected, readRecords(folder, first))
    expect(readRecords(folder, first)).toEqual({ last: collected, before: edit })
  })
})

it("the project's folder is the whole build, and a folder in it is a package", () => {
  writeRecord(folder, record(), undefined)
  expect(findAsked({ source: folder, package: "." }).name).toBeUndefined()
  expect(findAsked({ source: folder, package: folder }).name).toBeUndefined()
  expect(findAsked({ source: folder, package: "a" }).name).toBe("./a")
  expect(findAsked({ source: join(folder, "a"), package: "." }).name).toBe("./a")
})

describe("a package of another module", () => {
  const asked = "example.org/lib/text"
  const textOf = (name: string, last: BuildRecord, before?: BuildRecord) => {
    const records = { last, ...(before && { before }) }
    return foreignText(name, records, accountOf(records))
  }

  it.each([
    ["the same version", record(), "needed no compiling: its version is the same as before"],
    [
      "another version",
      record({ modules: { "example.org/lib": "v1.1.0" } }),
      "was compiled again: its version changed: v1.0.0 -> v1.1.0",
    ],
    ["a cached step", cached(record(), 1), "was not compiled again: the step was in the cache"],
  ])("says whether it was compiled: %s", (_, last, expected) => {
    const version = last.modules["example.org/lib"]
    expect(textOf(asked, last, record())).toBe(
      `${asked} (example.org/lib ${version}) ${expected}.\nIt is imported by ./c.\n`,
    )
  })

  it("may be a whole module, of Go, or slow", () => {
    expect(textOf("example.org/lib", record())).toMatch(
      /^example\.org\/lib \(.*\) was compiled, but/,
    )
    expect(textOf("fmt", record(), record())).toMatch(/^fmt \(Go's standard library\) needed no /)
    const slow = [{ package: asked, seconds: 12.34, importedBy: [] }]
    const last = record({ steps: [{ ...step(buildStep), slow }] })
    expect(textOf(asked, last)).toContain(`${asked} took 12.3 s to compile.`)
  })

  it.each(["example.org/other", "toString", "constructor"])("is not known: %s", (name) => {
    expect(textOf(name, record(), record())).toBeUndefined()
  })
})

it("a changed setting that no step has is told", () => {
  const image: ImageConfig = {
    ...{ user: "65532:65532", entrypoint: ["/app/p"], command: [], ports: [], labels: [] },
    environment: [{ name: "LEVEL", value: "info" }],
  }
  const made = record()
  const of = (changes: Partial<ImageConfig>) => ({
    ...made,
    plan: { ...made.plan, image: { ...image, ...changes } },
  })
  const { decisions } = accountOf({
    before: of({}),
    last: of({
      environment: [{ name: "LEVEL", value: "debug" }],
      labels: [
        { name: "team", value: "a" },
        { name: "org.opencontainers.image.revision", value: "1" },
      ],
    }),
  })
  expect(decisions).toEqual([
    { what: "variable LEVEL", before: "info", after: "debug" },
    { what: "label team", after: "a" },
  ])
  // What a decision says already is not told twice.
  const decided = (user: string) => ({
    ...of({ user }),
    plan: { ...of({ user }).plan, decisions: [{ what: "user", value: user, from: "--user" }] },
  })
  expect(accountOf({ before: decided("1:1"), last: decided("2:2") }).decisions).toHaveLength(1)
})
