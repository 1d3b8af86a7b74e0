import fc from "fast-check"
import { expect, test } from "vitest"
import { readCiVariables } from "../../../../cli/git/ci-variables.js"
import { parseStatus } from "../../../../cli/git/git-status.js"
import { publicRemote, webAddress } from "../../../../src/detect/git/remote-url.js"

test.each([
  ["https://github.com/acme/shop.git", "https://github.com/acme/shop"],
  ["https://me:token@github.com/acme/shop.git/", "https://github.com/acme/shop"],
  ["git@github.com:acme/shop.git", "https://github.com/acme/shop"],
  ["github.com:acme/shop", "https://github.com/acme/shop"],
  ["ssh://git@git.example.com:2222/acme/shop.git", "https://git.example.com/acme/shop"],
  ["https://git.example.com:8443/acme/shop", "https://git.example.com:8443/acme/shop"],
  ["git://example.com/shop.git", "https://example.com/shop"],
  ["/srv/git/shop.git", undefined],
  ["../shop", undefined],
  ["file:///srv/git/shop.git", undefined],
  ["C:\\work\\shop", undefined],
  ["https://github.com", undefined],
  ["", undefined],
])("the address of %s", (address, expected) => {
  expect(webAddress(address)).toBe(expected)
})

test("no password of an address is ever shown", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/)
  fc.assert(
    fc.property(word, fc.constantFrom("https", "ssh", "http"), (secret, scheme) => {
      const shown = webAddress(`${scheme}://user:${secret}@example.com/a/b.git?token=${secret}`)
      expect(shown).not.toContain(secret)
    }),
  )
})

test("origin is the remote, or the only one", () => {
  const [a, b] = ["https://example.com/a", "https://example.com/b"]
  expect(
    publicRemote(
      new Map([
        ["fork", a],
        ["origin", b],
      ]),
    ),
  ).toBe(b)
  expect(publicRemote(new Map([["upstream", a]]))).toBe(a)
  expect(
    publicRemote(
      new Map([
        ["one", a],
        ["two", b],
      ]),
    ),
  ).toBeUndefined()
  expect(publicRemote(new Map())).toBeUndefined()
})

test("what git status prints", () => {
  const output = " M a.go\0R  new name.go\0old name.go\0?? dist/\0?? odd\nname\0"
  expect(parseStatus(output)).toEqual([
    { path: "a.go", isUntracked: false },
    { path: "new name.go", isUntracked: false },
    { path: "dist/", isUntracked: true },
    { path: "odd\nname", isUntracked: true },
  ])
})

const revision = "1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4"
const remote = "https://git.example.com/acme/shop"

test.each<[string, Record<string, string>, object | undefined]>([
  [
    "GitHub",
    {
      GITHUB_ACTIONS: "true",
      GITHUB_SHA: revision,
      GITHUB_REF: "refs/tags/v1.2.3",
      GITHUB_SERVER_URL: "https://git.example.com",
      GITHUB_REPOSITORY: "acme/shop",
    },
    { revision, tags: ["v1.2.3"], remote, from: "environment variable GITHUB_SHA" },
  ],
  [
    "GitHub, of a branch",
    { GITHUB_ACTIONS: "true", GITHUB_SHA: revision, GITHUB_REF: "refs/heads/main" },
    { revision, tags: [], from: "environment variable GITHUB_SHA" },
  ],
  [
    "GitLab",
    {
      GITLAB_CI: "true",
      CI_COMMIT_SHA: revision,
      CI_COMMIT_TAG: "v1.2.3",
      CI_COMMIT_TIMESTAMP: "2025-03-01T10:30:05+01:00",
      CI_PROJECT_URL: remote,
    },
    {
      revision,
      time: "2025-03-01T09:30:05Z",
      tags: ["v1.2.3"],
      remote,
      from: "environment variable CI_COMMIT_SHA",
    },
  ],
  [
    "CircleCI",
    {
      CIRCLECI: "true",
      CIRCLE_SHA1: revision,
      CIRCLE_REPOSITORY_URL: "git@git.example.com:acme/shop.git",
    },
    { revision, tags: [], remote, from: "environment variable CIRCLE_SHA1" },
  ],
  [
    "Buildkite",
    {
      BUILDKITE: "true",
      BUILDKITE_COMMIT: revision,
      BUILDKITE_TAG: "v1.2.3",
      BUILDKITE_REPO: `${remote}.git`,
    },
    { revision, tags: ["v1.2.3"], remote, from: "environment variable BUILDKITE_COMMIT" },
  ],
  ["Buildkite, before the checkout", { BUILDKITE: "true", BUILDKITE_COMMIT: "HEAD" }, undefined],
  [
    "Azure",
    {
      TF_BUILD: "True",
      BUILD_SOURCEVERSION: revision,
      BUILD_SOURCEBRANCH: "refs/tags/v1.2.3",
      BUILD_REPOSITORY_URI: `https://me:secret@git.example.com/acme/shop`,
    },
    { revision, tags: ["v1.2.3"], remote, from: "environment variable BUILD_SOURCEVERSION" },
  ],
  [
    "Jenkins",
    { JENKINS_URL: "https://ci.example.com/", GIT_COMMIT: revision, GIT_URL: `${remote}.git` },
    { revision, tags: [], remote, from: "environment variable GIT_COMMIT" },
  ],
  [
    "Woodpecker",
    {
      CI_SYSTEM_NAME: "woodpecker",
      CI_COMMIT_SHA: revision,
      CI_COMMIT_TAG: "v1.2.3",
      CI_REPO_URL: remote,
    },
    { revision, tags: ["v1.2.3"], remote, from: "environment variable CI_COMMIT_SHA" },
  ],
  ["nobody", { CI: "true", CI_COMMIT_SHA: revision }, undefined],
])("the variables of %s", (_, variables, expected) => {
  expect(readCiVariables(variables)).toEqual(expected)
})
