import { createHash } from "node:crypto"
import { afterEach, beforeEach, expect, it } from "vitest"
import { prune, printPruned } from "../../../../../cli/commands/prune/prune.js"
import { Registry } from "../../../../conformance/registry.js"

let registry: Registry
let repository: string

beforeEach(async () => {
  registry = await Registry.start()
  repository = `${registry.host}/team/app`
})

afterEach(() => registry.stop())

const imageType = "application/vnd.oci.image.manifest.v1+json"
const cacheType = "application/vnd.buildkit.cacheconfig.v0"

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`
}

/** @param layers By their content; the same is the same blob. */
async function push(tag: string, config: string, layers: string[]): Promise<string> {
  const describe = (content: string, mediaType: string) => ({
    mediaType,
    digest: digestOf(content),
    size: content.length,
  })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: imageType,
    config: describe("{}", config),
    layers: layers.map((each) => describe(each, "application/vnd.oci.image.layer.v1.tar+gzip")),
  })
  const response = await fetch(`http://${repository.replace("/", "/v2/")}/manifests/${tag}`, {
    method: "PUT",
    body: manifest,
    headers: { "content-type": imageType },
  })
  expect(response.status).toBe(201)
  return digestOf(manifest)
}

const image = "application/vnd.oci.image.config.v1+json"
const layer = (name: string) => name.repeat(1000)

async function fill() {
  const released = await push("v1", image, [layer("a")])
  await push("main", cacheType, [layer("a"), layer("d")])
  await push("main-dependencies", cacheType, [layer("d")])
  await push("feature", cacheType, [layer("f"), layer("d")])
  // The same as main's: its digest is, too.
  await push("feature-dependencies", cacheType, [layer("d")])
  await push("gone-dependencies-arm64", cacheType, [layer("g")])
  await push("new-checks", cacheType, [layer("c")])
  await push(released.replace(":", "-"), image, ["about v1"])
  await push(`sha256-${"0".repeat(64)}.sig`, image, ["about nothing"])
}

it("prints what nothing needs, and deletes nothing", async () => {
  await fill()
  const before = { ...registry.pushed }
  const pruned = await prune({ repository })
  expect(pruned.unneeded.map(({ tag, reason }) => [tag, reason])).toEqual([
    ["gone-dependencies-arm64", "the cache gone is gone"],
    [`sha256-${"0".repeat(64)}.sig`, "the image that it is about is gone"],
  ])
  expect(printPruned(pruned)).toMatch(/\n2 tags, \S+ kB; nothing was deleted \(.*--delete\)\n$/)
  expect(registry.pushed).toEqual(before)
  expect(registry.requests.filter((each) => each.startsWith("DELETE"))).toEqual([])
})

it("keeps the caches of --keep, with their parts, and every image", async () => {
  await fill()
  const pruned = await prune({ repository, keep: ["ma*"], delete: true })
  expect(pruned.left).toEqual({})
  expect(Object.keys(registry.pushed).map((name) => name.replace("team/app:", ""))).toEqual([
    "v1",
    "main",
    "main-dependencies",
    expect.stringMatching(/^sha256-(?!0{64})/),
  ])
  // What it shares with another one that stays is none of its size.
  const [feature, shared] = pruned.unneeded
  expect(feature).toMatchObject({ tag: "feature", reason: "not one of --keep" })
  expect(feature!.size).toBeLessThan(2000)
  expect(feature!.size).toBeGreaterThan(1000)
  expect(shared).toMatchObject({ tag: "feature-dependencies", size: 0 })
})

it("leaves a tag with the digest of another one, where single tags cannot be deleted", async () => {
  await fill()
  registry.fault = (method, path) =>
    method === "DELETE" && !path.includes("sha256:") ? 405 : undefined
  const pruned = await prune({ repository, keep: ["main"], delete: true })
  expect(pruned.left).toEqual({
    "feature-dependencies": `the same as main-dependencies, and ${registry.host} deletes no single tag`,
  })
  expect(registry.pushed).toHaveProperty("team/app:main-dependencies")
  expect(registry.pushed).not.toHaveProperty("team/app:feature")
  expect(printPruned(pruned)).toContain("; left: the same as main-dependencies")
})

it.each([
  ["registry.example.com/app:v1", "a repository is expected, without a tag or digest"],
  ["Not A Name", "not an image reference"],
])("refuses %s", async (name, message) => {
  await expect(prune({ repository: name })).rejects.toThrow(message)
})

it.each([
  [405, "does not allow deletion (405)"],
  [403, "answers 403"],
])("says what a registry does not allow: %s", async (status, message) => {
  await fill()
  registry.fault = (method) => (method === "DELETE" ? status : undefined)
  await expect(prune({ repository, delete: true })).rejects.toThrow(message)
  await expect(prune({ repository: `${repository}/none` })).rejects.toThrow("404")
})

it("reads a list of tags to its end, and has nothing to say of a repository in order", async () => {
  for (let i = 0; i < 25; i++) await push(`v${i}`, image, [layer("a")])
  registry.pageSize = 10
  expect(printPruned(await prune({ repository }))).toBe(`nothing of ${repository} is unneeded\n`)
  const lists = registry.requests.filter((each) => each.includes("tags/list"))
  expect(lists).toHaveLength(3)
})
