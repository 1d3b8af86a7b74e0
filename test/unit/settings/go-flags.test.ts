import { expect, it } from "vitest"
import { readGoFlags, readLinkerFlags } from "../../../src/settings/go-flags.js"
import { findSlowInput, junk } from "../support/hostile.js"
import { fc } from "../support/property.js"

const none = { buildTags: [], linkerValues: [], staticLink: false, notHonoured: [] }

it.each([
  ["", {}],
  ["-tags=a,b", { buildTags: ["a", "b"] }],
  ["-tags 'a b' --tags=c", { buildTags: ["a", "b", "c"] }],
  ["-trimpath -v -buildvcs=false -mod=readonly", {}],
  ["-mod=mod", { notHonoured: ["-mod=mod"] }],
  ["-race -buildmode=pie", { notHonoured: ["-race", "-buildmode=pie"] }],
  ["-toolexec=/bin/evil", { notHonoured: ["-toolexec=/bin/evil"] }],
  ['-ldflags="-s -w -X main.v=1"', { linkerValues: ["main.v=1"] }],
  ["-ldflags '-X main.v=1 -linkmode external'", { linkerValues: ["main.v=1"] }],
])("flags of go build: %s", (text, expected) => {
  expect(readGoFlags(text)).toEqual({ ...none, ...expected })
})

it.each([
  ["-s -w", {}],
  ["-X main.a=1 -X=main.b=2", { linkerValues: ["main.a=1", "main.b=2"] }],
  ["-X 'main.name=a b'", { linkerValues: ["main.name=a b"] }],
  ['-X main.name="a b"', { linkerValues: ["main.name=a b"] }],
  ["-extldflags=-static", { staticLink: true }],
  ["-w -extldflags '-lm -static' -buildid=", { staticLink: true }],
  ["-extldflags -lm", { notHonoured: ["-extldflags=-lm"] }],
  [
    "-linkmode internal -checklinkname=0",
    { notHonoured: ["-linkmode=internal", "-checklinkname=0"] },
  ],
])("flags of the linker: %s", (text, expected) => {
  expect(readLinkerFlags(text)).toEqual({ ...none, ...expected })
})

it("whatever the text, it is read, and in a time that grows with its length", () => {
  const words = junk("-tags", "=", " ", "'", '"', "-X", "-ldflags", "a")
  fc.assert(fc.property(words, (text) => void readGoFlags(text)))
  expect(findSlowInput(readGoFlags, "-tags=", "-ldflags='", '"')).toBeUndefined()
})
