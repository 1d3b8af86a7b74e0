import { expect, it } from "vitest"
import { foldersOf } from "../../../src/ci/place.js"
import { ciProviderNames, ciProviders } from "../../../src/ci/providers.js"
import { exampleProject } from "../../readme/pipelines.js"

const cases = ciProviderNames.flatMap((provider) =>
  (["dagger", "docker"] as const).flatMap((tool) =>
    [".", "svc/alpha"].map((folder) => ({ provider, tool, folder })),
  ),
)

it.each(cases)("$provider with $tool names the folder $folder", ({ provider, tool, folder }) => {
  for (const targets of [[], ["a", "b"]]) {
    const text = ciProviders[provider].write({ ...exampleProject, tool, folder, targets })
    expect(foldersOf(text)).toEqual([folder])
  }
})

it("a pipeline that does not use go-image is of no folder, and a comment says nothing", () => {
  expect(foldersOf("# npx go-image@1 web\nbuild:\n  source: x.c\n")).toEqual([])
  expect(foldersOf("")).toEqual([])
})
