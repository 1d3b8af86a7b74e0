import { createHash } from "node:crypto"
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
import { afterEach, beforeEach, expect, it } from "vitest"
import { Archive } from "../../../cli/image/archive.js"
import { ArchiveWriter, writeArchive } from "../../../cli/image/archive-writer.js"
import { layersOf, removeUnreachable } from "../../../cli/image/layout.js"
import type { Descriptor, ImageManifest } from "../../../cli/image/oci.js"

let layout: string

beforeEach(() => {
  layout = mkdtempSync(join(tmpdir(), "go-image-layout-"))
  mkdirSync(join(layout, "blobs/sha256"), { recursive: true })
  writeFileSync(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}')
})

afterEach(() => {
  rmSync(layout, { recursive: true })
})

function put(content: string, mediaType: string): Descriptor {
  const hex = createHash("sha256").update(content).digest("hex")
  writeFileSync(join(layout, "blobs/sha256", hex), content)
  return { mediaType, digest: `sha256:${hex}`, size: content.length }
}

/** An image of these layers, behind as many indexes as asked for. */
function putImage(layers: string | string[], indexes = 0): Descriptor {
  const manifest = {
    schemaVersion: 2,
    config: put("{}", "application/vnd.oci.image.config.v1+json"),
    layers: [layers].flat().map((layer) => put(layer, "application/vnd.oci.image.layer.v1.tar")),
  }
  let image = put(JSON.stringify(manifest), "application/vnd.oci.image.manifest.v1+json")
  for (let index = 0; index < indexes; index++) {
    const type = "application/vnd.oci.image.index.v1+json"
    image = put(JSON.stringify({ schemaVersion: 2, manifests: [image] }), type)
  }
  return image
}

function list(...manifests: Descriptor[]): void {
  writeFileSync(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }))
}

it.each([0, 1])(
  "is an archive of what the index leads to, through %d further indexes",
  async (indexes) => {
    const other = putImage("old")
    const image = putImage("layer", indexes)
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
    expect(Buffer.concat(chunks).toString()).toBe("layer")
  },
)

it("is not made of a blob that was cut off", async () => {
  const image = putImage("layer")
  list(image)
  writeFileSync(join(layout, "blobs", put("layer", "").digest.replace(":", "/")), "lay")
  await expect(writeArchive(layout, join(layout, "archive.tar"))).rejects.toThrow(
    "3 bytes instead of 5",
  )
})

it("loses blobs that the index does not lead to", () => {
  const other = putImage("old")
  list(putImage("layer"))
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
  ["an image that was longer in all", ["base", "x".repeat(5000)], ["base", "y"]],
])("is the same archive, begun with an image of %s", async (_, earlier, layers) => {
  list(putImage(earlier))
  const begun = join(layout, "begun.tar")
  const writer = await ArchiveWriter.create(layout, begun)
  await writer.begin(layersOf(layout))
  list(putImage(layers))
  await writer.finish()
  await writer.close()
  const whole = join(layout, "whole.tar")
  await writeArchive(layout, whole)
  expect(readFileSync(begun).equals(readFileSync(whole))).toBe(true)
  expect((await Archive.open(begun)).index.manifests).toHaveLength(1)
})
