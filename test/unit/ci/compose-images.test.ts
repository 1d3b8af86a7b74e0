import { expect, it } from "vitest"
import { composeImages } from "../../../src/ci/compose-images.js"

it.each<[string, string, string[]]>([
  ["a block", "services:\n  db:\n    image: postgres:16\n", ["postgres:16 3"]],
  ["braces", 'services: {db: {image: "postgres:17"}}\n', ["postgres:17 1"]],
  [
    "a list of braces over lines",
    "services:\n  { db: { image: 'postgres:17' },\n    cache: { image: redis:7 } }\n",
    ["postgres:17 2", "redis:7 3"],
  ],
  [
    "a variable with a default",
    "services:\n  db:\n    image: postgres:${POSTGRES_VERSION:-15}\n",
    ["postgres:15 3"],
  ],
  ["a variable without one", "services:\n  db:\n    image: postgres:${POSTGRES_VERSION}\n", []],
  [
    "an anchor",
    "x-db: &db { image: postgres:14 }\nservices:\n  db:\n    <<: *db\n",
    ["postgres:14 1"],
  ],
  ["a comment", "services:\n  db:\n    # image: postgres:12\n    build: .\n", []],
  ["no services", "version: '3'\n", []],
  ["something else", "- a\n", []],
  ["nothing", "", []],
])("reads images of %s", async (_, text, expected) => {
  const { images, note } = await composeImages(text, "compose.yaml")
  expect(images.map(({ value, from }) => `${value} ${from.replace("compose.yaml:", "")}`)).toEqual(
    expected,
  )
  expect(note).toBeUndefined()
})

it("says where a file is not YAML", async () => {
  const { images, note } = await composeImages("services:\n  db: {image: [\n", "compose.yaml")
  expect(images).toEqual([])
  expect(note).toMatch(/^compose\.yaml:\d+: not YAML \(.+\), skipped$/)
})
