import { describe, expect, it } from "vitest"
import {
  entriesOf,
  mergeLocked,
  parseLock,
  printLock,
  versionVariable,
  withVersion,
} from "../../src/lock/lock-file.js"
import { findSlowInput, junk } from "./support/hostile.js"
import { main, planOf } from "./support/project.js"
import { fc } from "./support/property.js"

const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const a = digest("a")

const file = (...lines: string[]) => `version = 1\n\n[images]\n${lines.join("\n")}\n`

describe("a lock file", () => {
  it("has an image a line, and says on which", () => {
    const text = file(
      `# "golang:1.25" comes next`,
      `"golang:1.25" = "golang:1.25.4@${a}"`,
      `'debian:bookworm-slim'="debian:bookworm-slim@${a}" # Debian 12`,
      '"node:current-bookworm-slim" = "node:25.1.0-bookworm-slim"',
    )
    expect(parseLock(text, "services/go-image.lock")).toEqual({
      file: "services/go-image.lock",
      images: [
        { reference: "golang:1.25", locked: `golang:1.25.4@${a}`, line: 5 },
        { reference: "debian:bookworm-slim", locked: `debian:bookworm-slim@${a}`, line: 6 },
        { reference: "node:current-bookworm-slim", locked: "node:25.1.0-bookworm-slim", line: 7 },
      ],
    })
  })

  it("may have no image", () => {
    expect(parseLock("version = 1\n").images).toEqual([])
  })

  it.each([
    [`"golang:1.25" "golang:1.25.4"`, "go-image.lock:4:15: not TOML: unexpected"],
    ["<<<<<<< HEAD", "go-image.lock:4:1: not TOML: unexpected"],
    [`"golang:1.25" = 1`, "go-image.lock:4: not an image reference: 1"],
    [`"golang:1.25" = ["a:1"]`, 'go-image.lock:4: not an image reference: ["a:1"]'],
    [`"Golang:1.25" = "golang:1.25"`, "go-image.lock:4: not an image reference: Golang:1.25"],
    [`"golang:1.25" = "golang 1.25"`, "go-image.lock:4: not an image reference: golang 1.25"],
    [`"golang:1.25" = ""`, "go-image.lock:4: not an image reference: (empty)"],
    [`"golang:1.25@${a}" = "golang:1.25@${a}"`, `go-image.lock:4: a digest in the reference: `],
    [
      `"golang:1.25" = "evil.example/golang:1.25.4@${a}"`,
      `go-image.lock:4: not an image of golang:1.25: evil.example/golang:1.25.4@${a}`,
    ],
    [
      `"golang:1.25" = "golang:1.26.1@${a}"`,
      `go-image.lock:4: golang:1.26.1@${a} is not a version of golang:1.25`,
    ],
    [
      `"golang:1.2" = "golang:1.25.4"`,
      "go-image.lock:4: golang:1.25.4 is not a version of golang:1.2",
    ],
    [
      `"golang:1.25" = "golang:1.25.4-alpine"`,
      "go-image.lock:4: golang:1.25.4-alpine is not a version of golang:1.25",
    ],
    [`"golang:1.25" = "golang@${a}"`, "is not a version of golang:1.25"],
    [
      `"golang:1.25" = "golang:1.25.4@sha512:${"a".repeat(128)}"`,
      "go-image.lock:4: not a digest: sha512:",
    ],
    [`"golang:1.25" = "golang:1.25.4@sha256:${"a".repeat(63)}"`, "go-image.lock:4: not a digest: "],
    [`"golang:1.25" = "golang:1.25.4@sha256:abc"`, "go-image.lock:4: not an image reference: "],
  ])("that somebody edited to have %s is refused", (line, message) => {
    const parse = () => parseLock(file(line))
    expect(parse).toThrow(message)
    expect(parse).toThrow("go-image lock")
    expect(entriesOf(file(line), "go-image.lock").images).toEqual([])
  })

  it.each([
    ["", "go-image.lock:1: no version, expected version = 1"],
    ["# a\nversion = 2\n", "go-image.lock:2: version 2, expected version = 1"],
    ['version = "1"\n', 'go-image.lock:1: version "1", expected version = 1'],
    ["version = 1\n[image]\na = 1\n", 'go-image.lock:2: unknown key "image"'],
    ['version = 1\nimages = "x"\n', "go-image.lock:2: images is not a table"],
  ])("with %j is refused", (text, message) => {
    expect(() => parseLock(text)).toThrow(message)
  })

  it("is the same text for the same images, in whatever order", () => {
    const images = [
      { reference: "golang:1.25", locked: `golang:1.25.4@${a}` },
      { reference: "debian:bookworm-slim", locked: "debian:bookworm-slim" },
    ]
    const text = printLock(images)
    expect(printLock(images.toReversed())).toBe(text)
    expect(text.split("\n").slice(-4)).toEqual([
      "[images]",
      '"debian:bookworm-slim" = "debian:bookworm-slim" # no digest: its registry did not answer',
      `"golang:1.25" = "golang:1.25.4@${a}"`,
      "",
    ])
    expect(parseLock(text).images.map(({ line, ...each }) => [line, each])).toEqual([
      [6, images[1]],
      [7, images[0]],
    ])
  })

  it("of whatever bytes is read or refused, in little time", () => {
    fc.assert(
      fc.property(
        junk('"golang:1.25" = "golang:1.25.4@sha256:', "version = 1", "[images]", '"'),
        (text) => {
          entriesOf(text, "go-image.lock")
          entriesOf(file(text), "go-image.lock")
        },
      ),
    )
    expect(
      findSlowInput(
        (text) => entriesOf(file(text), "go-image.lock"),
        '"golang:',
        '"a:1" = "a:1@sha256:',
      ),
    ).toBeUndefined()
  })
})

it("an entry that has a digest is not replaced by one that has none; others stay", () => {
  const before = [
    { reference: "golang:1.24", locked: `golang:1.24.9@${a}` },
    { reference: "golang:1.25", locked: `golang:1.25.3@${a}` },
    { reference: "node:24", locked: "node:24.1.0" },
  ]
  const asked = [
    { reference: "golang:1.25", locked: "golang:1.25.4" },
    { reference: "node:24", locked: `node:24.2.0@${digest("b")}` },
  ]
  expect(mergeLocked(before, asked)).toEqual([...before.slice(0, 2), asked[1]])
})

it.each([
  ["golang:1.25", "1.25.4", "golang:1.25.4"],
  ["golang:1.25-bookworm", "1.25.4", "golang:1.25.4-bookworm"],
  ["golang:1", "1.27.2", "golang:1.27.2"],
  ["golang:1.25.4", "1.25.4", "golang:1.25.4"],
  ["dhi.io/golang:1.25-dev", "1.25.4", "dhi.io/golang:1.25.4-dev"],
  ["node:24-bookworm-slim", "24.11.1", "node:24.11.1-bookworm-slim"],
  ["node:current-bookworm-slim", "25.1.0", "node:25.1.0-bookworm-slim"],
  ["golang", "1.27.2", "golang:1.27.2"],
  // What an image says of itself is not always what it is.
  ["golang:1.25", "1.26.0", "golang:1.25"],
  ["golang:1.25", "1.25.4 $(x)", "golang:1.25"],
  ["golang:1.25", undefined, "golang:1.25"],
])("%s with Go or Node.js %s is %s", (reference, version, expected) => {
  expect(withVersion(reference, version)).toBe(expected)
})

it("the version is in the environment of Go's and Node.js's images", () => {
  const references = ["golang:1.25", "dhi.io/golang:1", "node:24", "debian:12", "me/constructor:1"]
  expect(references.map(versionVariable)).toEqual([
    "GOLANG_VERSION",
    "GOLANG_VERSION",
    "NODE_VERSION",
    undefined,
    undefined,
  ])
})

describe("of a lock file is told", () => {
  const [go, debian] = ["golang:1.27", "debian:bookworm-slim"]
  const lacks = (image: string) =>
    `go-image.lock: it lacks ${image}: \`go-image lock\` adds it, with Dagger \`dagger call lock\``
  const noDigest = (image: string) =>
    `go-image.lock: no digest of ${image}: \`go-image lock\` adds it if the registry can be reached`
  it.each<[string, string[], string[]]>([
    [
      "nothing, where it has all images",
      [`"${go}" = "${go}.1@${a}"`, `"${debian}" = "${debian}@${a}"`],
      [],
    ],
    ["what it lacks", [`"${go}" = "${go}.1@${a}"`], [lacks(debian)]],
    [
      "what has no digest in it",
      [`"${go}" = "${go}.1"`, `"${debian}" = "${debian}@${a}"`],
      [noDigest(`${go}.1`)],
    ],
    ["both", [`"${go}" = "${go}.1"`], [lacks(debian), noDigest(`${go}.1`)]],
    [
      "that go.mod needs a newer Go",
      [`"${go}" = "${go}.0@${a}"`, `"${debian}" = "${debian}@${a}"`],
      [
        "go-image.lock:4: Go 1.27.0 is older than the 1.27.1 that go.mod:3 needs: `go-image lock` gets the newest 1.27",
      ],
    ],
  ])("%s", async (_, lines, notices) => {
    const files = {
      "go.mod": "module example.com/hello\n\ngo 1.27.1\n",
      "main.go": main,
      "go-image.lock": file(...lines),
    }
    expect((await planOf(files)).notices.filter((each) => each.includes("lock"))).toEqual(notices)
  })
})
