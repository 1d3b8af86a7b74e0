import { expect, it } from "vitest"
import type { Contents } from "../../../../../cli/image/contents/contents.js"
import { tagBefore, whatItSays } from "../../../../../cli/commands/verify/said.js"

const contents = (some: Partial<Contents>): Contents => ({
  digest: "sha256:0",
  platform: "linux/amd64",
  size: 0,
  labels: {},
  annotations: {},
  run: {},
  layers: [],
  firstOwnLayer: 0,
  system: { packages: [] },
  programs: [],
  files: new Map(),
  ...some,
})

const program = (path: string, goVersion: string, settings: Record<string, string>) => ({
  file: "/app/x",
  size: 1,
  path,
  goVersion,
  settings,
  modules: [],
  packages: [],
})

it("labels and build information say how an image was made; programs of ours say nothing", () => {
  const image = contents({
    labels: {
      "org.opencontainers.image.revision": "abc",
      "org.opencontainers.image.base.name": "docker.io/library/debian:bookworm-slim",
    },
    programs: [
      program("command-line-arguments", "go1.27.1", {}),
      program("example.com/a", "go1.25.4 X:jsonv2", {
        "vcs.revision": "abc",
        "vcs.modified": "false",
        "-tags": "foo,bar",
        CGO_ENABLED: "1",
      }),
    ],
  })
  expect(whatItSays([image, { ...image, platform: "linux/arm64" }])).toMatchObject({
    platforms: ["linux/amd64", "linux/arm64"],
    revision: "abc",
    modified: false,
    baseName: "docker.io/library/debian:bookworm-slim",
    goVersion: "1.25.4",
    buildTags: ["foo", "bar"],
    cgo: true,
    programs: ["command-line-arguments", "example.com/a"],
  })
})

it("an image that says nothing is one of which nothing is known", () => {
  const { platforms, programs, cgo, ...others } = whatItSays([contents({})])
  expect([platforms, programs, cgo]).toEqual([["linux/amd64"], [], false])
  expect(Object.values(others).filter((each) => each !== undefined)).toEqual([])
})

it.each([
  ["v1.2.4-0.20250301093000-1d2f6a1c08b1", "v1.2.3"],
  ["v1.2.3-rc.1.0.20250301093000-1d2f6a1c08b1", "v1.2.3-rc.1"],
  ["v0.0.0-20250301093000-1d2f6a1c08b1", undefined],
  ["v1.2.3", undefined],
])("%s counts on from %s", (version, tag) => {
  expect(tagBefore(version)).toBe(tag)
})
