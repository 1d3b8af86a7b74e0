import { expect, it } from "vitest"
import { provenanceStatement } from "../../../../src/sbom/documents/provenance.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import { someImage } from "../some-image.js"

const optionsOf = (settings: Settings): unknown => {
  const text = provenanceStatement(someImage(), { settings, decisions: [], baseImages: [] })
  const { predicate } = JSON.parse(text) as {
    predicate: { buildDefinition: { externalParameters: { options: unknown } } }
  }
  return predicate.buildDefinition.externalParameters.options
}

it("has what whoever builds has given, and not what the source says anyway", () => {
  const settings: Settings = {
    runtime: { value: "debian", from: "--runtime" },
    drop: { value: ["web"], from: "project.toml:2", byProject: true },
    label: {
      value: ["a=1", "b=2"],
      from: "--label, project.toml:3",
      byProject: true,
      byCaller: ["a=1"],
    },
  }
  expect(optionsOf(settings)).toEqual({ runtime: "debian", label: ["a=1"] })
})
