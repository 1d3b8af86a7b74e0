import { describe, expect, it } from "vitest"
import { imageOfRemote } from "../../../src/ci/image-name.js"
import { scalar } from "../../../src/ci/lines.js"
import { findProvider } from "../../../src/ci/providers.js"
import { parse } from "yaml"
import fc from "fast-check"

describe("the provider that a repository uses", () => {
  it.each([
    [".github/workflows/ci.yaml", "github"],
    [".gitlab-ci.yml", "gitlab"],
    [".circleci/config.yml", "circleci"],
    ["Jenkinsfile", "jenkins"],
    [".buildkite/pipeline.yml", "buildkite"],
    ["azure-pipelines.yml", "azure"],
    [".azure-pipelines/build.yml", "azure"],
    [".woodpecker/build.yaml", "woodpecker"],
    [".woodpecker.yml", "woodpecker"],
    ["bitbucket-pipelines.yml", "bitbucket"],
  ])("by %s is %s", (file, name) => {
    expect(findProvider(["go.mod", file], undefined)).toEqual({ name, from: file, others: [] })
  })

  it.each([
    ["https://github.com/acme/shop", "github"],
    ["https://gitlab.com/acme/shop", "gitlab"],
    ["https://gitlab.acme.example/team/shop", "gitlab"],
    ["https://bitbucket.org/acme/shop", "bitbucket"],
    ["https://codeberg.org/acme/shop", "woodpecker"],
    ["https://dev.azure.com/acme/shop/_git/shop", "azure"],
  ])("at %s is %s", (remote, name) => {
    expect(findProvider(["go.mod", ".github/dependabot.yml"], remote)?.name).toBe(name)
  })

  it("is that of its host first, where it uses several, and files say more than an address", () => {
    const files = [".circleci/config.yml", ".gitlab-ci.yml"]
    expect(findProvider(files, "https://gitlab.com/acme/shop")).toEqual({
      ...{ name: "gitlab", from: ".gitlab-ci.yml", others: ["circleci"] },
    })
    expect(findProvider([".circleci/config.yml"], "https://github.com/acme/shop")?.name).toBe(
      "circleci",
    )
  })

  it("is not guessed", () => {
    expect(findProvider(["go.mod", "docs/Jenkinsfile"], "https://git.example.com/a/b")).toBe(
      undefined,
    )
  })
})

it.each([
  ["https://github.com/Acme/Shop", "ghcr.io/acme/shop"],
  ["https://gitlab.com/acme/team/shop", "registry.gitlab.com/acme/team/shop"],
  ["https://codeberg.org/acme/shop", "codeberg.org/acme/shop"],
  ["https://git.example.com/acme/shop", undefined],
  ["https://constructor/acme/shop", undefined],
  ["https://github.com/acme/..%2f", undefined],
  [undefined, undefined],
])("the image of %s is %s", (remote, image) => {
  expect(imageOfRemote(remote)).toBe(image)
})

it("a value of YAML is read as it was", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(parse(`- key: ${scalar(value)}\n`)).toEqual([{ key: value }])
    }),
    { numRuns: 2000 },
  )
})

it.each([
  "true",
  "No",
  "1.25",
  "0x10",
  "1e3",
  "~",
  "null",
  "a: b",
  "a #b",
  "x:",
  "- a",
  "",
  " a",
  "$A:b",
  ".5",
  "=",
  "<<",
])("%j is read as the same text", (value) => {
  expect(parse(`- key: ${scalar(value)}\n`)).toEqual([{ key: value }])
})
