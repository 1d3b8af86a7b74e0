import { expect, it } from "vitest"
import { exportOfCheck, exportsOf, importsOf } from "../../../../cli/build/build-cache.js"
import type { CacheLocation } from "../../../../cli/cache/cache-location.js"
import type { Planned } from "../../../../cli/build/planned.js"

const reference = "registry.example.com/team/cache:main"
const cache = { type: "registry", attributes: { ref: reference } }

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
  const found = exportsOf(cache, build)
  expect(found.map(({ target, cacheTo }) => [target, cacheTo?.location.attributes.ref])).toEqual(
    parts,
  )
  expect(found.every(({ cacheTo }) => cacheTo?.steps === "of the result")).toBe(true)
  // What is written last names all of them.
  expect(importsOf([cache], build)).toEqual([cache])
  expect(found.at(-1)?.cacheTo?.location).toEqual(cache)
})

it("an image for several platforms is exported for all, a stage of one platform once", () => {
  const platforms = ["linux/amd64", "linux/arm64"]
  const [dependencies, , image] = exportsOf(
    cache,
    planned(["dependencies", "image"], { platforms }),
  )
  expect(image?.platforms).toEqual(platforms)
  expect(dependencies?.platforms).toEqual([])
})

it("a check has a cache of its own, and reads the image's", () => {
  const task = planned(["test"], { isTask: true })
  expect(importsOf([cache], task).map(({ attributes }) => attributes.ref)).toEqual([
    `${reference}-checks`,
    reference,
  ])
})

const to: CacheLocation = {
  type: "registry",
  attributes: { ref: "registry.example.com/app:cache" },
}
const checks = { type: "registry", attributes: { ref: "registry.example.com/app:cache-checks" } }

it("a check's cache has all its steps", () => {
  expect(exportOfCheck(to, { stages: [], sourceExclude: [], isTask: true })).toEqual({
    cacheTo: { location: checks, steps: "all" },
  })
})

// Else the image's cache would have the builder's base image, too.
it("of a check that shares steps with an image, the dependencies alone", () => {
  const planned = { stages: [], sourceExclude: [], isTask: true as const, image: {} }
  expect(exportOfCheck(to, planned)).toEqual({
    target: "dependencies",
    cacheTo: { location: checks, steps: "of the result" },
  })
})
