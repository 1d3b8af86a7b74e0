import { describe, expect, test } from "vitest"
import type { GitState } from "../../../../src/git-state.js"
import {
  goModuleVersion,
  imageVersion,
  pseudoVersion,
} from "../../../../src/plan/version/module-version.js"

const revision = "1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4"
const time = "2025-03-01T09:30:05Z"
const git = (more: Partial<GitState> = {}): GitState => ({
  revision,
  time,
  modified: false,
  tags: [],
  rootModule: "example.com/app",
  from: "Git",
  ...more,
})
const app = "example.com/app"

describe("the main module's version, as the go command says it", () => {
  test.each<[string, Partial<GitState>, string, string | undefined]>([
    ["of a tag", { tags: ["v1.2.3"] }, app, "v1.2.3"],
    ["of the higher of two tags", { tags: ["v1.2.3", "v1.10.0"] }, app, "v1.10.0"],
    [
      "of a tag that is no version",
      { tags: ["nightly"] },
      app,
      "v0.0.0-20250301093005-1d2f6a1c08b1",
    ],
    ["of a dirty tree", { tags: ["v1.2.3"], modified: true }, app, "v1.2.3+dirty"],
    ["of no tag", {}, app, "v0.0.0-20250301093005-1d2f6a1c08b1"],
    ["after a tag", { earlierTags: ["v1.2.3"] }, app, "v1.2.4-0.20250301093005-1d2f6a1c08b1"],
    [
      "after a prerelease",
      { earlierTags: ["v1.2.3-rc.1"] },
      app,
      "v1.2.3-rc.1.0.20250301093005-1d2f6a1c08b1",
    ],
    [
      "of a tag with metadata",
      { tags: ["v1.2.3+meta"] },
      app,
      "v1.2.4-0.20250301093005-1d2f6a1c08b1",
    ],
    [
      "of another major version's tag",
      { tags: ["v2.0.0"] },
      app,
      "v0.0.0-20250301093005-1d2f6a1c08b1",
    ],
    [
      "of its major version",
      { tags: ["v2.0.0", "v1.9.0"], rootModule: `${app}/v2` },
      `${app}/v2`,
      "v2.0.0",
    ],
    [
      "of a major version without a tag",
      { rootModule: `${app}/v2` },
      `${app}/v2`,
      "v2.0.0-20250301093005-1d2f6a1c08b1",
    ],
    [
      "of gopkg.in",
      { tags: ["v3.1.0"], rootModule: "gopkg.in/app.v3" },
      "gopkg.in/app.v3",
      "v3.1.0",
    ],
    [
      "of a module further down",
      { tags: ["v9.9.9", "services/api/v1.4.0"] },
      `${app}/services/api`,
      "v1.4.0",
    ],
    ["of a module elsewhere", { tags: ["v1.2.3"] }, "example.org/other", undefined],
    ["where the root is no module", { tags: ["v1.2.3"], rootModule: undefined }, app, undefined],
    ["of a commit whose time is not known", { time: undefined }, app, undefined],
  ])("%s", (_, state, path, version) => {
    expect(goModuleVersion(git(state), path)).toBe(version)
  })
})

test.each<[string, Partial<GitState>, string, string | undefined]>([
  ["the module's own tag", { tags: ["services/api/v1.4.0", "v2.0.0"] }, "services/api", "v1.4.0"],
  ["the repository's tag", { tags: ["v2.0.0"] }, "services/api", "v2.0.0"],
  [
    "an earlier tag of the repository, of any major version",
    { earlierTags: ["v3.1.0"] },
    "services/api",
    "v3.1.1-0.20250301093005-1d2f6a1c08b1",
  ],
  ["no tag", {}, "services/api", "v0.0.0-20250301093005-1d2f6a1c08b1"],
  ["no time", { time: undefined }, "services/api", undefined],
])(
  "a repository without a module at its root has an image's version: %s",
  (_, state, folder, version) => {
    const module = { path: "example.com/api", folder }
    expect(imageVersion(git({ ...state, rootModule: undefined }), module)).toBe(version)
    const inside = { ...module, folder: "" }
    expect(imageVersion(git({ ...state, rootModule: undefined, folder }), inside)).toBe(version)
  },
)

test.each<[string, Partial<GitState>, string, string]>([
  ["a tag without v", { tags: ["6.14.1"] }, app, "6.14.1"],
  ["the higher of two", { tags: ["6.9.0", "6.14.1"] }, app, "6.14.1"],
  ["two numbers", { tags: ["v1.2"] }, app, "v1.2"],
  ["a tag of another major version", { tags: ["v2.0.0"] }, app, "v2.0.0"],
  ["a dirty tree", { tags: ["6.14.1"], modified: true }, app, "6.14.1+dirty"],
  ["what Go takes, where there is both", { tags: ["6.14.1", "v1.2.3"] }, app, "v1.2.3"],
  [
    "a tag of the module itself, where it has some",
    { tags: ["2.0", "api/v1.4.0"] },
    `${app}/api`,
    "v1.4.0",
  ],
  ["no version", { tags: ["release-7"] }, app, "v0.0.0-20250301093005-1d2f6a1c08b1"],
  [
    "a tag before the commit",
    { earlierTags: ["6.14.1"] },
    app,
    "v0.0.0-20250301093005-1d2f6a1c08b1",
  ],
])("people's version is the commit's tag as it is: %s", (_, state, path, version) => {
  const folder = path === app ? "" : "api"
  expect(imageVersion(git(state), { path, folder })).toBe(version)
})

test("a patch number has as many digits as it has", () => {
  const next = pseudoVersion("v1.2.99999999999999999999", "", time, revision)
  expect(next).toBe("v1.2.100000000000000000000-0.20250301093005-1d2f6a1c08b1")
})
