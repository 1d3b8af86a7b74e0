import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { Archive } from "../../../../cli/image/archive.js"
import { ArchiveWriter, writeArchive } from "../../../../cli/image/archive-writer.js"
import { dockerManifest } from "../../../../cli/image/docker-manifest.js"
import { layersOf, removeUnreachable } from "../../../../cli/image/layout.js"
import type { Descriptor, ImageManifest } from "../../../../cli/image/oci.js"
import { putBlob, putImage } from "./make-layout.js"

let layout: string

beforeEach(() => {
  layout = mkdtempSync(join(tmpdir(), "go-image-layout-"))
  mkdirSync(join(layout, "blobs/sha256"), { recursive: true })
  writeFileSync(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}')
})

afterEach(() => {
  rmSync(layout, { recursive: true })
})

function list(...manifests: Descriptor[]): void {
  writeFileSync(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }))
}

it.each<[string, string, number]>([
  ["", "layer", 0],
  [", through a further index", "layer", 1],
  [", however large", "0123456789".repeat(250_000), 0],
])("is an archive of what the index leads to%s", async (_, layer, indexes) => {
  const other = putImage(layout, "old")
  const image = putImage(layout, layer, indexes)
  list(image, image)
  const file = join(layout, "archive.tar")
  await writeArchive(layout, file)
  const archive = await Archive.open(file)
  expect(archive.index.manifests).toEqual([image, image])
  await expect(archive.document(other)).rejects.toThrow("it has no blob")
  let descriptor = image
  for (let index = 0; index < indexes; index++) {
    ;[descriptor] = (await archive.document<{ manifests: [Descriptor] }>(descriptor)).manifests
  }
  const { layers } = await archive.document<ImageManifest>(descriptor)
  const chunks: Buffer[] = []
  for await (const chunk of archive.blob(layers[0]!)) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString() === layer).toBe(true)
})

it("is not made of a blob that was cut off", async () => {
  const image = putImage(layout, "layer")
  list(image)
  writeFileSync(join(layout, "blobs", putBlob(layout, "layer", "").digest.replace(":", "/")), "lay")
  await expect(writeArchive(layout, join(layout, "archive.tar"))).rejects.toThrow(
    "3 bytes instead of 5",
  )
})

it("loses blobs that the index does not lead to", () => {
  const other = putImage(layout, "old")
  list(putImage(layout, "layer"))
  removeUnreachable(layout)
  expect(existsSync(join(layout, "blobs", other.digest.replace(":", "/")))).toBe(false)
  expect(readdirSync(join(layout, "blobs/sha256"))).toHaveLength(3)
})

it.each<[string, string[], string[]]>([
  ["the same layers", ["base", "program"], ["base", "program"]],
  ["another last layer", ["base", "old program"], ["base", "program"]],
  ["another first layer", ["old base", "program"], ["base", "program"]],
  ["more layers", ["base", "files", "program"], ["base"]],
  ["fewer layers", ["base"], ["base", "program", "files"]],
  ["no layers", [], ["base", "program"]],
  ["a layer twice", ["base", "base", "old"], ["base", "base", "program"]],
  ["a large layer", ["x".repeat(2_500_000)], ["x".repeat(2_500_000), "y".repeat(1_100_000)]],
  ["an image that was longer in all", ["base", "x".repeat(5000)], ["base", "y"]],
])("is the same archive, begun with an image of %s", async (_, earlier, layers) => {
  list(putImage(layout, earlier))
  const begun = join(layout, "begun.tar")
  const writer = await ArchiveWriter.create(layout, begun)
  await writer.begin(layersOf(layout))
  list(putImage(layout, layers))
  await writer.finish()
  await writer.close()
  const whole = join(layout, "whole.tar")
  await writeArchive(layout, whole)
  expect(readFileSync(begun).equals(readFileSync(whole))).toBe(true)
  expect((await Archive.open(begun)).index.manifests).toHaveLength(1)
})

describe("manifest.json, by which Docker's older store loads an archive,", () => {
  const named = (image: Descriptor, name: string): Descriptor => ({
    ...image,
    annotations: { "io.containerd.image.name": name },
  })
  const manifest = () => JSON.parse(dockerManifest(layout) ?? "null") as unknown

  it("has the image under each of its names", () => {
    const image = putImage(layout, ["base", "program"], 1)
    list(named(image, "docker.io/library/app:1"), named(image, "docker.io/library/app:latest"))
    const blob = expect.stringMatching(/^blobs\/sha256\/[0-9a-f]{64}$/) as string
    expect(manifest()).toEqual([
      {
        Config: blob,
        RepoTags: ["docker.io/library/app:1", "docker.io/library/app:latest"],
        Layers: [blob, blob],
      },
    ])
  })

  it("has an image without a name", () => {
    list(putImage(layout, "base"))
    expect(manifest()).toMatchObject([{ RepoTags: [] }])
  })

  it("does not have what is said about an image", () => {
    const about = {
      ...putImage(layout, "sbom"),
      platform: { os: "unknown", architecture: "unknown" },
    }
    list(putImage(layout, "base"), about)
    expect(manifest()).toMatchObject([{ Layers: [expect.anything()] }])
  })

  it("is none of several platforms", async () => {
    list(putImage(layout, "one"), putImage(layout, "other"))
    expect(manifest()).toBeNull()
    const file = join(layout, "archive.tar")
    await writeArchive(layout, file)
    expect(readFileSync(file).includes("manifest.json")).toBe(false)
  })
})
