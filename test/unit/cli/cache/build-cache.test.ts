import { expect, it } from "vitest"
import { exportsOf, exportsOfCheck, importsOf } from "../../../../cli/build/cache/build-cache.js"
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
  expect(found.map(({ target, cacheTo }) => [target, cacheTo?.attributes.ref])).toEqual(parts)
  // What is written last names all of them.
  expect(importsOf([cache], build)).toEqual([cache])
  expect(found.at(-1)?.cacheTo).toEqual(cache)
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

const ref = ({ attributes }: CacheLocation = cache) => attributes.ref

it.each<[string, Partial<Planned>, string[], (string | undefined)[][]]>([
  [
    "a check has dependencies of its own, and reads no other cache",
    { dependencies: "vet" },
    [`${reference}-vet`],
    [["dependencies", `${reference}-vet`]],
  ],
  [
    "tests have dependencies of their own, and their report",
    { dependencies: "tests" },
    [`${reference}-tests`],
    [
      ["dependencies", `${reference}-tests-dependencies`],
      [undefined, `${reference}-tests`],
    ],
  ],
  ["a check that compiles nothing of others leaves nothing", {}, [reference], []],
])("%s", (_, more, read, written) => {
  const task = planned(["modules", "dependencies", "check"], { isTask: true, ...more })
  expect(importsOf([cache], task).map(ref)).toEqual(read)
  const parts = exportsOfCheck(cache, task)
  expect(parts.map(({ target, cacheTo }) => [target, ref(cacheTo)])).toEqual(written)
})
