import { truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { spaceForState } from "../../../../../cli/engine/embedded/embedded.js"
import { temporaryFolder } from "../../temporary.js"

test.each([
  ["none", [], 17.9e9],
  ["two", [0.5e9, 1e9], 16.4e9],
  ["so many that little would be left", [30e9], 8e9],
])("base images take from what BuildKit may have: %s", (_, sizes, expected) => {
  const folder = temporaryFolder()
  for (const [index, size] of sizes.entries()) {
    const file = join(folder, String(index))
    writeFileSync(file, "")
    truncateSync(file, size)
  }
  expect(spaceForState(folder)).toBe(expected)
})

test("there are no base images yet", () => {
  expect(spaceForState(join(temporaryFolder(), "missing"))).toBe(17.9e9)
})
