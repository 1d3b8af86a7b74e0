import { expect, it } from "vitest"
import { ImportedCaches, shortReason } from "../../../../cli/build/cache/imported-caches.js"
import { BuildFailed, NotDelivered, type ProgressEvent } from "../../../../cli/engine/engine.js"
import { UserError } from "../../../../src/errors.js"

const ref = "registry.example.com/team/cache:main"
const registry = (name: string) => ({ type: "registry", attributes: { ref: name } })

function caches(...names: string[]) {
  const said: string[] = []
  const imported = new ImportedCaches({ cacheFrom: names.map(registry), stallTimeout: 0 }, (line) =>
    said.push(line),
  )
  return { imported, said }
}

/** As BuildKit 0.26 says it of a step that had to read a layer of a cache. */
const step = (output: string, exitCode?: number) =>
  new BuildFailed("[build 3/4] RUN go build .", output, exitCode)
const digest = `sha256:${"72e4".repeat(16)}`

it.each<[string, Error, string | undefined]>([
  [
    "cut short",
    step("short read: expected 15937699 bytes but got 7968849: unexpected EOF"),
    "short read: expected 15937699 bytes but got 7968849: unexpected EOF",
  ],
  [
    "changed",
    step(
      `failed commit on ref "layer-${digest}": unexpected commit digest sha256:35, expected ${digest}: failed precondition`,
    ),
    `unexpected commit digest sha256:35, expected ${digest}: failed precondition`,
  ],
  [
    "gone",
    step(
      `failed to copy: httpReadSeeker: failed open: could not fetch content descriptor ${digest} (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found`,
    ),
    `httpReadSeeker: failed open: could not fetch content descriptor ${digest} (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found`,
  ],
  [
    "cut short, where the image is written",
    new NotDelivered("the image was built but not delivered", "short read: expected 3 bytes"),
    "the image was built but not delivered: short read: expected 3 bytes",
  ],
  ["a program that failed", step("main.go:3:1: undefined: x", 1), undefined],
  [
    "a file that the project lacks",
    step('failed to compute cache key: failed to calculate checksum of ref a::b: "/x": not found'),
    undefined,
  ],
  [
    "a push that is refused",
    new NotDelivered("the image was built but not delivered", "403 Forbidden"),
    undefined,
  ],
  ["a base image that is missing", new UserError("the base image x is not available"), undefined],
])("%s", (_, error, reason) => {
  const { imported, said } = caches(ref)
  expect(imported.giveUp(error)).toBe(reason !== undefined)
  expect(said).toEqual(
    reason === undefined
      ? []
      : [`note: the build cache is damaged and not used: ${ref}: ${reason}`],
  )
  // The builds after it do without, and what fails them is something else.
  expect(imported.of({})).toEqual(reason === undefined ? [registry(ref)] : undefined)
  if (reason !== undefined) expect(imported.giveUp(error)).toBe(false)
})

it("of several, which one it was nobody knows", () => {
  const { imported, said } = caches("registry.example.com/a:branch", "registry.example.com/a:main")
  imported.giveUp(step("short read: x"))
  expect(said).toEqual([
    "note: the build cache is damaged and not used: one of registry.example.com/a:branch, registry.example.com/a:main: short read: x",
  ])
})

it("one that cannot be read is told once, and one that is not there yet is not", () => {
  const { imported, said } = caches(ref)
  const done = (name: string, error: string): ProgressEvent => ({
    type: "step-done",
    id: name,
    name: `importing cache manifest from ${name}`,
    cached: false,
    startedAt: 0,
    seconds: 0,
    error,
  })
  imported.see(done(ref, "failed to configure registry cache importer: 503 Service Unavailable"))
  imported.see(done(ref, "failed to configure registry cache importer: 503 Service Unavailable"))
  imported.see(done("registry.example.com/a:new", `${ref}: not found`))
  expect(said).toEqual([`note: the build cache was not read from ${ref}: 503 Service Unavailable`])
})

it.each([
  [
    'the build\'s cache could not be exported: error writing manifest blob: failed commit on ref "sha256:f7": unexpected status from PUT request to https://registry.example.com/v2/team/cache/manifests/main: 507 Insufficient Storage',
    "registry.example.com answers 507 Insufficient Storage",
  ],
  [
    "GET https://ours.blob.core.windows.net/buildkit-cache\n-----\nRESPONSE 403: 403 Server failed to authenticate the request\nERROR CODE: AuthenticationFailed\n-----",
    "403 Server failed to authenticate the request",
  ],
  ["BuildKit v0.26.3 refused the build: no space\nmore", "no space"],
])("%s", (reason, short) => {
  expect(shortReason(reason)).toBe(short)
})
