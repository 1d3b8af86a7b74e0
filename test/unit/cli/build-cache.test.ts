import { expect, it } from "vitest"
import { cacheReferences, exportsOf, withSuffix } from "../../../cli/build-cache.js"
import type { Planned } from "../../../cli/builder.js"

const reference = "registry.example.com/team/cache:main"

function planned(names: string[], more: Partial<Planned> = {}): Planned {
  const stages = names.map((name) => ({ name, from: { scratch: true as const }, steps: [] }))
  return { stages, sourceExclude: [], ...more }
}

it.each<[string, Planned, (string | undefined)[][]]>([
  ["an image alone", planned(["build", "base", "image"]), [[undefined, reference]]],
  [
    "what no edit of the Go code changes is written beside it",
    planned(["frontend", "frontend-2", "modules", "dependencies", "build", "tools", "image"]),
    [
      ["frontend", `${reference}-frontend`],
      ["frontend-2", `${reference}-frontend-2`],
      ["dependencies", `${reference}-dependencies`],
      ["tools", `${reference}-tools`],
      // Last, so that it names their layers, too.
      [undefined, reference],
    ],
  ],
  [
    "each platform's dependencies by themselves",
    planned(["dependencies", "image", "dependencies", "image"], {
      platforms: ["linux/amd64", "linux/arm/v7"],
    }),
    [
      ["dependencies-amd64", `${reference}-dependencies-amd64`],
      ["dependencies-armv7", `${reference}-dependencies-armv7`],
      [undefined, reference],
    ],
  ],
])("%s", (_, build, parts) => {
  const found = exportsOf(reference, build)
  expect(found.map(({ target, cacheTo }) => [target, cacheTo?.reference])).toEqual(parts)
  expect(found.every(({ cacheTo }) => cacheTo?.steps === "of the result")).toBe(true)
  // What is written last names all of them.
  expect(cacheReferences(reference, build)).toEqual([parts.at(-1)?.[1]])
})

it("an image for several platforms is exported for all, a stage of one platform once", () => {
  const platforms = ["linux/amd64", "linux/arm64"]
  const [dependencies, , image] = exportsOf(
    reference,
    planned(["dependencies", "image"], { platforms }),
  )
  expect(image?.platforms).toEqual(platforms)
  expect(dependencies?.platforms).toEqual([])
})

it("a check has a cache of its own, and reads the image's", () => {
  const task = planned(["test"], { isTask: true })
  expect(cacheReferences(reference, task)).toEqual([`${reference}-checks`, reference])
})

it.each([
  ["debian", "docker.io/library/debian:latest-api"],
  ["localhost:5000/cache", "localhost:5000/cache:latest-api"],
  [reference, `${reference}-api`],
])("%s for one target is %s", (from, to) => {
  expect(withSuffix(from, "-api")).toBe(to)
})
