import { expect, it } from "vitest"
import { parsePlatform } from "../../../../src/plan/bases/platform.js"

it.each([
  ["linux/amd64,linux/arm64", "publish --platforms takes several"],
  ["windows/amd64", "Write linux/amd64, "],
])("%s is no platform of one image, and what to do is said", (value, hint) => {
  const parse = () => parsePlatform({ value, from: "project.toml:2" })
  expect(parse).toThrow(hint)
})
