import { expect, it } from "vitest"
import { mergeNamed } from "../../../src/settings/named-values.js"
import { resolveSettings } from "../../../src/settings/resolve.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"

const option = { value: ["a=1", "b=2"], from: "--label" }
const file = { value: ["b=3", "c=4"], from: "project.toml:3", byProject: true as const }

it("the first place that has a name counts, and all places are named", () => {
  expect(mergeNamed([option, file])).toEqual({
    value: ["a=1", "b=2", "c=4"],
    from: "--label, project.toml:3",
    byProject: true,
    byCaller: ["a=1", "b=2"],
  })
})

it("what the caller gave is kept where another file of the project adds more", () => {
  const merged = mergeNamed([option, file])!
  const ko = { value: ["d=5"], from: ".ko.yaml:2", byProject: true as const }
  expect(mergeNamed([merged, ko])).toEqual({
    value: ["a=1", "b=2", "c=4", "d=5"],
    from: "--label, project.toml:3, .ko.yaml:2",
    byProject: true,
    byCaller: ["a=1", "b=2"],
  })
})

it("a place of which nothing is left is not named", () => {
  expect(mergeNamed([option, { ...file, value: ["a=0"] }])).toEqual({ ...option })
  expect(mergeNamed([file])).toEqual(file)
  expect(mergeNamed([])).toBeUndefined()
})

it("in one place, the last one counts", () => {
  expect(mergeNamed([{ ...option, value: ["a=1", "a=2"] }])?.value).toEqual(["a=2"])
})

it("an option adds to what project.toml has, and another list stands alone", () => {
  const descriptor = parseProjectToml('[go-image]\nlabel = ["b=3", "c=4"]\ndrop = ["web"]\n')
  const options = { label: ["b=2"], drop: ["docs"] }
  const settings = resolveSettings({ options, environment: {} }, descriptor)
  expect(settings.label?.value).toEqual(["b=2", "c=4"])
  expect(settings.label?.from).toBe("--label, project.toml:2")
  expect(settings.drop).toEqual({ value: ["docs"], from: "--drop" })
})
