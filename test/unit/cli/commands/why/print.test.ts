import { describe, expect, it } from "vitest"
import { accountOf } from "../../../../../cli/commands/why/account.js"
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
})
