import { describe, expect, it } from "vitest"
import { accountOf } from "../../../../../cli/commands/why/account.js"
import { causeText } from "../../../../../cli/commands/why/causes/cause-text.js"
import { whyText } from "../../../../../cli/commands/why/print.js"
import type { BuildRecord } from "../../../../../cli/record/record.js"
import type { Stage, Step } from "../../../../../src/plan/types.js"
import { buildStep, copyStep, edited, file, record, step } from "./record.js"

/** Without times of the clock on the wall. */
function text(...args: Parameters<typeof accountOf>): string[] {
  const told = whyText(accountOf(...args)).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "TIME")
  return told.trimEnd().split("\n")
}

describe("what why prints", () => {
  it("of a first build is what took how long", () => {
    const slow = [{ package: "modernc.org/lib", seconds: 12.34, importedBy: ["example.com/p"] }]
    const steps = [
      { ...step(copyStep), seconds: 0.5 },
      { ...step(buildStep), seconds: 20, slow },
    ]
    expect(text({ last: record({ steps: [...steps, step("[a 1/1] RUN x", true)] }) })).toEqual([
      "The build of TIME is the first one of this project that is known on this machine: there is none to compare it with.",
      "",
      "2 of 3 steps ran; the longest:",
      "      20.0 s  build: go build .",
      "       0.5 s  image: copy /out of build to /",
      "",
      "All 4 own packages were compiled, but for what Go's cache had of other builds.",
      "",
      "Packages that took the longest to compile (several at a time):",
      "      12.3 s  modernc.org/lib, imported by example.com/p",
    ])
  })

  it("after a build that failed begins with that", () => {
    const after = edited(record({ time: 2000 }), { "c/c.go": file("2") })
    const failed = { time: 5000, folder: "", reason: "build: go build . (exit code 1)" }
    const [first, , second] = text({ last: after, before: record() }, failed)
    expect(first).toBe(
      "The build of TIME failed: build: go build . (exit code 1). The one before it worked, and is explained here.",
    )
    expect(second).toBe("The build of TIME, compared with the one of TIME:")
  })

  it("of files that are copied otherwise says how", () => {
    const copying = (change: Partial<Extract<Step, { type: "copy" }>>): BuildRecord => {
      const made = record()
      const [build, ...others] = made.plan.stages as [Stage, ...Stage[]]
      const copy = { type: "copy", kind: "directory", from: { source: true }, to: "/src" } as const
      const steps: Step[] = [{ ...copy, path: ".", ...change }]
      return { ...made, plan: { ...made.plan, stages: [{ ...build, steps }, ...others] } }
    }
    const reason = (before: BuildRecord, last: BuildRecord) =>
      text({ last: { ...last, steps: [step("[build 1/1] COPY [.,/src]")] }, before })[2]
    expect(reason(copying({ exclude: ["docs", "a"] }), copying({ exclude: ["a", "*.md"] }))).toBe(
      "build: copy the project to /src ran, 1.0 s, because what is left out of the project changed: docs -> *.md",
    )
    expect(reason(copying({}), copying({ to: "/go/src" }))).toContain(
      "because where the project is copied to changed: /src -> /go/src",
    )
    expect(reason(copying({}), copying({ owner: "1:1" }))).toMatch(
      /because how it is built changed \(copy \.\)$/,
    )
  })

  it("of results that the engine no longer had says once why that can be", () => {
    const lines = text({ last: record(), before: record() })
    expect(lines.slice(2, 4)).toEqual([
      "build: go build . ran, 1.0 s, because the engine no longer had its result",
      "image: copy /out of build to / ran, 1.0 s, because the engine no longer had its result",
    ])
    expect(lines.filter((line) => line.includes("docs/caches.md"))).toHaveLength(1)
  })

  it("names a setting of the image that folders are made for, and no line of a script", () => {
    const of = (volumes: string[], args: string[]): BuildRecord => {
      const made = record({ steps: [step("[build 1/1] RUN x")] })
      const [build, ...others] = made.plan.stages as [Stage, ...Stage[]]
      const run: Step = { type: "run", args, mounts: [] }
      const image = {
        ...{ environment: [], workingDirectory: "/app", ports: [], labels: [], user: "1" },
        ...{ entrypoint: [], command: [], volumes },
      }
      const stages = [{ ...build, steps: [run] }, ...others]
      return { ...made, plan: { ...made.plan, stages, image } }
    }
    const script = (text: string) => ["/bin/sh", "-c", `set -e\n${text}`]
    const told = (before: BuildRecord, last: BuildRecord) => text({ last, before }).join("\n")
    const volumes = told(of([], script("mkdir /app")), of(["/data"], script("mkdir /data")))
    expect(volumes).toMatch(/ran, 1\.0 s, because volumes is new: \/data$/m)
    const other = told(of([], script("mkdir /app")), of([], script("mkdir /x")))
    expect(other).toContain("because how it is built changed")
    expect(other).not.toMatch(/^mkdir/m)
  })

  it("names the linker values that are others, and the part of a long one that is", () => {
    const long = `v0.0.0-20260128101112-${"0123456789".repeat(6)}`
    const reason = (before: string, after: string) =>
      causeText({ kind: "setting", what: "flag -ldflags", before, after })
    const flags = (version: string, rest = "-s -w") => `-ldflags=${rest} -X main.version=${version}`
    expect(reason(flags("v1"), flags("v2"))).toBe("flag -ldflags changed: main.version: v1 -> v2")
    expect(reason(flags(`${long}a`), flags(`${long}b`))).toBe(
      "flag -ldflags changed: main.version: …01234567890123456789a -> …01234567890123456789b",
    )
    expect(reason(flags("v1"), flags("v1", "-s"))).toMatch(
      /^flag -ldflags changed: -ldflags=-s -w /,
    )
    expect(reason(`-ldflags=-s`, flags("v1", "-s"))).toContain("main.version: none -> v1")
  })
})
