import { createHash } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Descriptor } from "../../../../cli/image/oci.js"

/** Puts a blob into a folder that has blobs as an image layout has them. */
export function putBlob(folder: string, content: string, mediaType: string): Descriptor {
  const hex = createHash("sha256").update(content).digest("hex")
  mkdirSync(join(folder, "blobs/sha256"), { recursive: true })
  writeFileSync(join(folder, "blobs/sha256", hex), content)
  return { mediaType, digest: `sha256:${hex}`, size: content.length }
}

/** An image of these layers, behind as many indexes as asked for. */
export function putImage(folder: string, layers: string | string[], indexes = 0): Descriptor {
  const put = (content: string, type: string) =>
    putBlob(folder, content, `application/vnd.oci.image.${type}`)
  const manifest = {
    schemaVersion: 2,
    config: put("{}", "config.v1+json"),
    layers: [layers].flat().map((layer) => put(layer, "layer.v1.tar")),
  }
  let image = put(JSON.stringify(manifest), "manifest.v1+json")
  for (let index = 0; index < indexes; index++) {
    image = put(JSON.stringify({ schemaVersion: 2, manifests: [image] }), "index.v1+json")
  }
  return image
}
