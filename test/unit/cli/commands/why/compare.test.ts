import { expect, it, test } from "vitest"
import { changedFiles, StepCauses } from "../../../../../cli/commands/why/causes/compare.js"
import type { BuildRecord } from "../../../../../cli/record/record.js"
import type { Stage, Step } from "../../../../../src/plan/types.js"
import { buildStep, copyStep, edited, file, record, step } from "./record.js"

function causes(after: BuildRecord, name = buildStep, before: BuildRecord | undefined = record()) {
  return new StepCauses(before, after).of(name)
}

/** With the steps of the first stage changed. */
function withSteps(change: (step: Step) => Step, from?: Stage["from"]): BuildRecord {
  const made = record()
  const [build, ...others] = made.plan.stages as [Stage, ...Stage[]]
  const changed = { ...build, from: from ?? build.from, steps: build.steps.map(change) }
  return { ...made, plan: { ...made.plan, stages: [changed, ...others] } }
}

it("files: changed, new, gone", () => {
  const files = Object.entries(record().files).filter(([path]) => path !== "c/c.go")
  const after = record({
    files: { ...Object.fromEntries(files), "main.go": file("2"), "d.go": file("1") },
  })
  expect(changedFiles(record(), after).map(({ path, change }) => `${path} ${change}`)).toEqual([
    ...["c/c.go removed", "d.go added", "main.go changed"],
  ])
})

it("a step that reads the source ran because of a file; what copies from it because of it", () => {
  const after = edited(record(), { "c/c.go": file("2") })
  expect(causes(after)).toEqual([{ kind: "file", path: "c/c.go", change: "changed" }])
  expect(causes(after, copyStep)).toEqual([{ kind: "stage", stage: "build" }])
  expect(causes(after, `[linux/arm64 ${buildStep.slice(1)}`)).toHaveLength(1)
})

it("a file that the step does not read is no cause", () => {
  const only = (made: BuildRecord): BuildRecord => {
    const [build, ...others] = made.plan.stages as [Stage, ...Stage[]]
    const copy = { type: "copy", kind: "directory", from: { source: true }, to: "/src" } as const
    const steps = [{ ...copy, path: "a", exclude: ["*.md"] }]
    return { ...made, plan: { ...made.plan, stages: [{ ...build, steps }, ...others] } }
  }
  const change = (path: string) =>
    causes(only(edited(record(), { [path]: file("2") })), buildStep, only(record()))
  expect(change("a/a.go")).toMatchObject([{ kind: "file" }])
  expect(change("b/b.go")).toEqual([{ kind: "collected" }])
  expect(change("a/x.md")).toEqual([{ kind: "collected" }])
})

test.each<[string, (step: Step) => Step, object]>([
  [
    "a variable",
    (each) => (each.type === "environment" ? { ...each, value: "1" } : each),
    { what: "variable CGO_ENABLED", before: "0", after: "1" },
  ],
  [
    "a flag",
    (each) => (each.type === "run" ? { ...each, args: [...each.args, "-tags=a"] } : each),
    { what: "flag -tags", after: "-tags=a" },
  ],
  [
    "a cache",
    (each) =>
      each.type === "run"
        ? {
            ...each,
            mounts: each.mounts.map((mount) =>
              mount.type === "cache" ? { ...mount, id: "other" } : mount,
            ),
          }
        : each,
    { what: "cache /root/.cache/go-build", before: "build", after: "other" },
  ],
])("%s", (_, change, expected) => {
  expect(causes(withSteps(change))).toEqual([{ kind: "setting", ...expected }])
})

it("another base image, by its name or its content", () => {
  const other = withSteps((each) => each, { image: "golang:1.26" })
  expect(causes(other)).toMatchObject([{ before: "golang:1.25", after: "golang:1.26" }])
  const moved = record({ bases: { "golang:1.25": "sha256:2" } })
  expect(causes(moved)).toMatchObject([{ kind: "base", before: "sha256:1", after: "sha256:2" }])
  // One whose digest is not known is not said to have changed.
  expect(causes(record({ bases: {} }))).toEqual([{ kind: "collected" }])
})

// `FROM` is the first of three where the image is pulled; of another image, a layout on this machine, nothing is told.
test.each([
  ["a layout", ["1/3", "2/3"]],
  ["pulled", ["2/3", "3/3"]],
])("instructions are those of the plan where the base is %s", (_, [work = "", build = ""]) => {
  const names = [`[build ${work}] WORKDIR /src`, buildStep.replace("2/3", build)]
  const others = ["[runtime 1/1] FROM docker.io/library/debian@sha256:1", ...names]
  const of = (made: BuildRecord): BuildRecord => ({
    ...made,
    steps: others.map((each) => step(each)),
  })
  const after = of(edited(record(), { "c/c.go": file("2") }))
  expect(names.map((name) => causes(after, name))).toMatchObject([
    [{ kind: "collected" }],
    [{ kind: "file" }],
  ])
  const known = new StepCauses(record(), after)
  expect(names.map((name) => known.stepOf(name)?.step.type)).toEqual(["working-directory", "run"])
})

it("no file at all", () => {
  expect(new StepCauses(undefined, record()).of(buildStep)).toEqual([{ kind: "first" }])
  expect(causes(record({ noCache: true }))).toEqual([{ kind: "no-cache" }])
  expect(causes(record())).toEqual([{ kind: "collected" }])
  expect(causes(record({ engine: "Docker" }))).toEqual([
    { kind: "engine", before: "BuildKit", after: "Docker" },
  ])
})

it("of two stages, the one that ran is why", () => {
  const after = edited(record(), { "c/c.go": file("2") })
  expect(causes({ ...after, steps: [step(buildStep, true), step(copyStep)] }, copyStep)).toEqual([
    { kind: "stage", stage: "build" },
  ])
})
