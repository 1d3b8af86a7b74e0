import { describe, expect, it } from "vitest"
import { debianSuite } from "../../../../cli/bases/debian.js"
import { chooseVersion } from "../../../../cli/bases/versions.js"

// As the Go module proxy has them: out of order, with gaps, candidates and very old ones.
const available = [
  ...["1.9", "1.20", "1.20.14", "1.21.0", "1.21.13", "1.25.0", "1.25.1", "1.25.14", "1.25.3"],
  ...["1.26rc1", "1.26.0", "1.26.10", "1.26.9", "1.27rc2", "1.9rc2"],
]

describe("the version of Go that a tag of golang stands for", () => {
  it.each([
    ["latest", "1.26.10", false],
    ["1", "1.26.10", false],
    ["1.26", "1.26.10", false],
    ["1.25", "1.25.14", false],
    ["1.25.3", "1.25.3", false],
    ["1.25.2", "1.25.3", true],
    ["1.20", "1.20.14", false],
    ["1.9", "1.9", false],
    ["1.26rc1", "1.26rc1", false],
  ])("%s -> %s", (tag, version, substitute) => {
    expect(chooseVersion(tag, available)).toEqual({ version, substitute })
  })

  it.each([
    ["1.25.15", "The newest of Go 1.25 is 1.25.14."],
    ["1.99", "Available: 1.9, 1.20, 1.21, 1.25, 1.26; the newest is 1.26.10."],
    ["1.27", "Available: 1.9, 1.20, 1.21, 1.25, 1.26; the newest is 1.26.10."],
    ["1.26rc9", "Available: 1.9, 1.20, 1.21, 1.25, 1.26; the newest is 1.26.10."],
    ["alpine", "Available: 1.9, 1.20, 1.21, 1.25, 1.26; the newest is 1.26.10."],
  ])("%s does not exist", (tag, hint) => {
    expect(() => chooseVersion(tag, available)).toThrow(
      `Go ${tag} does not exist, so golang:${tag} cannot be made\n${hint}`,
    )
  })

  it("says so where there is none at all", () => {
    expect(() => chooseVersion("1.25", [])).toThrow("the Go module proxy has no version of Go")
  })
})

describe("the suite that a tag of debian stands for", () => {
  it.each([
    ["bookworm-slim", "bookworm"],
    ["bookworm", "bookworm"],
    ["12-slim", "bookworm"],
    ["trixie-slim", "trixie"],
    ["stable-slim", "trixie"],
    ["latest", "trixie"],
    ["12.5", undefined],
    ["sid", undefined],
  ])("%s -> %s", (tag, suite) => {
    expect(debianSuite(tag)).toBe(suite)
  })
})
