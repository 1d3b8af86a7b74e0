import fc from "fast-check"
import { expect, test } from "vitest"
import {
  compareVersions,
  highestTags,
  parseVersionTag,
} from "../../../../src/detect/git/version-tag.js"
import { pseudoVersion } from "../../../../src/plan/version/module-version.js"

test.each([
  ["v1.2.3", { folder: "", version: "v1.2.3", isCanonical: true }],
  [
    "services/api/v1.2.3-rc.1",
    { folder: "services/api", version: "v1.2.3-rc.1", isCanonical: true },
  ],
  ["v1.2.3+meta", { folder: "", version: "v1.2.3", isCanonical: false }],
  ["v1.2", undefined],
  ["1.2.3", undefined],
  ["v01.2.3", undefined],
  ["v1.2.3-01", undefined],
  ["release-v1.2.3", undefined],
  ["v0.0.0-20250301093005-1d2f6a1c08b1", undefined],
  ["v1.2.4-0.20250301093005-1d2f6a1c08b1", undefined],
])("%s", (tag, expected) => {
  expect(parseVersionTag(tag)).toEqual(expected)
})

test("of many tags, those stay that a version depends on", () => {
  const tags = ["v1.2.3", "v1.10.0", "v2.0.0-rc.1", "api/v0.1.0", "api/v0.2.0", "nightly", "v1"]
  expect(highestTags(tags)).toEqual(["api/v0.2.0", "v1.10.0", "v2.0.0-rc.1"])
})

test("versions are in the order that semver.org gives", () => {
  const order = [
    ...["v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta", "v1.0.0-beta", "v1.0.0-beta.2"],
    ...["v1.0.0-beta.11", "v1.0.0-rc.1", "v1.0.0", "v1.0.9007199254740993", "v1.2.0", "v1.10.0"],
  ]
  for (const [i, a] of order.entries()) {
    for (const [j, b] of order.entries()) {
      expect(Math.sign(compareVersions(a, b)), `${a} ${b}`).toBe(Math.sign(i - j))
    }
  }
})

const number = fc.bigInt({ min: 0n, max: 10n ** 25n })
const version = fc
  .tuple(number, number, number, fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,5}(?:\.[a-z]+)?$/)))
  .map(([a, b, c, pre]) => `v${a}.${b}.${c}${pre === null ? "" : `-${pre}`}`)

test("what is written as a version is read as one, and a pseudo-version after it is not", () => {
  const time = fc
    .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString())
  const revision = fc.stringMatching(/^[0-9a-f]{40}$/)
  fc.assert(
    fc.property(version, time, revision, (tag, time, revision) => {
      expect(parseVersionTag(tag)?.version).toBe(tag)
      expect(parseVersionTag(`a/b/${tag}`)).toMatchObject({ folder: "a/b", version: tag })
      expect(parseVersionTag(pseudoVersion(tag, "", time, revision))).toBeUndefined()
    }),
  )
})

test("the highest tag is the same in whatever order tags are listed", () => {
  fc.assert(
    fc.property(fc.uniqueArray(version, { maxLength: 8 }), (tags) => {
      expect(highestTags(tags.toReversed())).toEqual(highestTags(tags))
    }),
  )
})
