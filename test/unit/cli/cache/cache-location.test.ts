import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import {
  besideCache,
  describeCache,
  parseCacheLocation,
  type CacheLocation,
} from "../../../../cli/cache/cache-location.js"
import { findCaches, type CacheFlags } from "../../../../cli/cache/cache-options.js"
import { isThere, pruneLocalCache, whyNotThere } from "../../../../cli/cache/local-cache.js"

const main = "registry.example.com/team/cache:main"
const build = { source: ".", push: false }
const registry = (ref: string): CacheLocation => ({ type: "registry", attributes: { ref } })

afterEach(() => {
  vi.unstubAllEnvs()
})

/** As it is typed, what it is, and another one beside it. */
it.each<[string, CacheLocation, CacheLocation, string]>([
  [main, registry(main), registry(`${main}-api`), main],
  ["debian", registry("debian"), registry("docker.io/library/debian:latest-api"), "debian"],
  [`type=registry,ref=${main}`, registry(main), registry(`${main}-api`), main],
  [`ref=${main}`, registry(main), registry(`${main}-api`), main],
  [
    "type=local,src=cache",
    { type: "local", attributes: { src: resolve("cache") } },
    { type: "local", attributes: { src: resolve("cache"), tag: "latest-api" } },
    resolve("cache"),
  ],
  [
    "type=s3,region=eu-west-1,bucket=ours,name=main",
    { type: "s3", attributes: { region: "eu-west-1", bucket: "ours", name: "main" } },
    { type: "s3", attributes: { region: "eu-west-1", bucket: "ours", name: "main-api" } },
    "ours",
  ],
  [
    "type=azblob,account_url=https://ours.example.com",
    { type: "azblob", attributes: { account_url: "https://ours.example.com" } },
    {
      type: "azblob",
      attributes: { account_url: "https://ours.example.com", name: "buildkit-api" },
    },
    "https://ours.example.com",
  ],
])("%s", (text, location, beside, name) => {
  const found = parseCacheLocation(text, "--cache-from", "import")
  expect(found).toEqual(location)
  expect(besideCache(found, "-api")).toEqual(beside)
  expect(describeCache(found)).toBe(name)
})

it("GitHub's is read where its variables are, and has no token of theirs in it", () => {
  vi.stubEnv("ACTIONS_RUNTIME_TOKEN", "secret")
  vi.stubEnv("ACTIONS_RESULTS_URL", "https://results.example.com/")
  const found = parseCacheLocation("type=gha", "--cache-from", "import")
  expect(found).toEqual({ type: "gha", attributes: {} })
  expect(besideCache(found, "-api").attributes).toEqual({ scope: "buildkit-api" })
})

describe("is refused:", () => {
  it.each([
    ["UPPER", "import", "not an image reference: UPPER (--cache-to)"],
    ["", "export", "not an image reference: (empty) (--cache-to)"],
    [`a@sha256:${"0".repeat(64)}`, "export", "a name with a digest: a@sha256:"],
    ["type=inline", "export", "unknown cache type: inline (--cache-to)"],
    ["type=registry", "import", "a cache of type registry needs ref=… (--cache-to)"],
    ["type=local,src=/cache", "export", "a cache of type local needs dest=… (--cache-to)"],
    ["type=local,dest=/cache", "import", "a cache of type local needs src=… (--cache-to)"],
    ["type=s3,region=here", "import", "a cache of type s3 needs bucket=… (--cache-to)"],
    ["type=local,/cache", "import", "not NAME=VALUE: /cache (--cache-to)"],
    ["type=gha", "import", "GitHub's cache is not available: no ACTIONS_RUNTIME_TOKEN"],
  ] as const)("%s", (text, way, message) => {
    vi.stubEnv("ACTIONS_RUNTIME_TOKEN", "")
    expect(() => parseCacheLocation(text, "--cache-to", way)).toThrow(message)
  })

  it("two places to export to", () => {
    expect(() => findCaches({ cacheImage: main, cacheTo: "other" }, {}, build)).toThrow(
      "one at a time: --cache-image, --cache-to",
    )
  })
})

it.each<[string, CacheFlags, Record<string, string>, string[], string | undefined]>([
  ["none", {}, {}, [], undefined],
  ["an empty variable", {}, { CACHE_IMAGE: "" }, [], undefined],
  ["one for both", {}, { CACHE_IMAGE: "a" }, ["a"], "a"],
  ["the option before the variable", { cacheImage: "b" }, { CACHE_IMAGE: "a" }, ["b"], "b"],
  ["a branch's, then main's", { cacheImage: "b", cacheFrom: ["main"] }, {}, ["b", "main"], "b"],
  ["read only", { cacheFrom: ["b", "a"] }, {}, ["b", "a"], undefined],
  ["written elsewhere", { cacheTo: "c" }, { CACHE_IMAGE: "a" }, ["a"], "c"],
])("%s", (_, flags, environment, from, to) => {
  const { cacheFrom, cacheTo } = findCaches(flags, environment, build)
  expect(cacheFrom.map(describeCache)).toEqual(from)
  expect(cacheTo && describeCache(cacheTo)).toBe(to)
})

describe("GitHub's cache, where a step of a workflow may use it and no other is asked for,", () => {
  const environment = {
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: "/work/repository",
    ACTIONS_RUNTIME_TOKEN: "secret",
    ACTIONS_RESULTS_URL: "https://results.example.com/",
  }
  const root = { source: "/work/repository", push: true }

  it("is read, and written by a push", () => {
    const scope = { type: "gha", attributes: { scope: "go-image" }, from: "ACTIONS_RUNTIME_TOKEN" }
    expect(findCaches({}, environment, root)).toMatchObject({ cacheFrom: [scope], cacheTo: scope })
    const read = findCaches({}, environment, { ...root, push: false })
    expect(read.cacheFrom).toEqual([scope])
    expect(read.cacheTo).toBeUndefined()
  })

  it("has a name for each project of a repository", () => {
    const source = "/work/repository/services/a b,c"
    const [found] = findCaches({}, environment, { source, push: false }).cacheFrom
    expect(found?.attributes).toEqual({ scope: "go-image-services-a-b-c" })
  })

  it.each([
    ["with another one", { cacheImage: "a" }, {}],
    ["with one that is only written", { cacheTo: "a" }, {}],
    ["outside of GitHub", {}, { GITHUB_ACTIONS: undefined }],
    ["without its token", {}, { ACTIONS_RUNTIME_TOKEN: "" }],
    ["without its address", {}, { ACTIONS_RESULTS_URL: undefined }],
  ])("is not used %s", (_, flags: CacheFlags, other: Record<string, string | undefined>) => {
    const found = findCaches(flags, { ...environment, ...other }, root)
    const all = [...found.cacheFrom, ...(found.cacheTo ? [found.cacheTo] : [])]
    expect(all.map(({ type }) => type)).not.toContain("gha")
  })
})

it("a cache in a folder is there where the folder has one of its name", () => {
  const folder = mkdtempSync(join(tmpdir(), "go-image-"))
  const at = (attributes: Record<string, string> = {}) => ({
    type: "local",
    attributes: { src: folder, ...attributes },
  })
  expect(whyNotThere(at())).toBe("it does not exist")
  writeFileSync(join(folder, "index.json"), '{"mani')
  expect(whyNotThere(at())).toBe("its index.json is damaged; remove the folder")
  const annotations = { "org.opencontainers.image.ref.name": "main" }
  writeFileSync(join(folder, "index.json"), JSON.stringify({ manifests: [{ annotations }] }))
  expect(whyNotThere(at())).toBe("it has no cache with the name latest")
  expect(isThere(at({ tag: "main" }))).toBe(true)
  // Whether another one is there, its own server knows.
  expect(isThere(registry(main))).toBe(true)
  expect(() =>
    findCaches({ cacheTo: `type=local,dest=${join(folder, "index.json")}` }, {}, build),
  ).toThrow("a file, where a folder is expected")
  rmSync(folder, { recursive: true })
})

it("of a cache in a folder, what no name leads to is removed", () => {
  const folder = mkdtempSync(join(tmpdir(), "go-image-"))
  const blobs = join(folder, "blobs/sha256")
  mkdirSync(blobs, { recursive: true })
  const write = (name: string, value: unknown) => {
    writeFileSync(join(blobs, name), JSON.stringify(value))
  }
  const descriptor = (name: string, mediaType: string) => ({
    digest: `sha256:${name}`,
    mediaType,
    size: 1,
  })
  const index = "application/vnd.oci.image.index.v1+json"
  const layer = "application/vnd.oci.image.layer.v1.tar+gzip"
  write("new", {
    manifests: [
      descriptor("layer", layer),
      descriptor("config", "application/vnd.buildkit.cacheconfig.v0"),
    ],
  })
  write("manifest", {
    layers: [descriptor("layer", layer)],
    config: descriptor("config2", "application/vnd.buildkit.cacheconfig.v0"),
  })
  for (const name of ["layer", "config", "config2", "old", "old-layer"]) write(name, {})
  writeFileSync(
    join(folder, "index.json"),
    JSON.stringify({
      manifests: [
        descriptor("new", index),
        descriptor("manifest", "application/vnd.oci.image.manifest.v1+json"),
      ],
    }),
  )
  pruneLocalCache({ type: "local", attributes: { dest: folder } })
  expect(readdirSync(blobs).sort()).toEqual(["config", "config2", "layer", "manifest", "new"])
  rmSync(folder, { recursive: true })
})
