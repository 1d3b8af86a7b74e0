import { createHash } from "node:crypto"
import { createReadStream, createWriteStream, renameSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"
import type { BaseStore } from "./store.js"
import { digestOf } from "../image/digest.js"

/** The configuration of an image, as the OCI image specification has it. */
export interface ImageConfig {
  Env?: string[]
  Cmd?: string[]
  WorkingDir?: string
}

/** Puts an image of one layer, a tar file, into the store, and returns its digest. */
export async function putImage(
  store: BaseStore,
  tar: string,
  architecture: string,
  config: ImageConfig,
): Promise<string> {
  const layer = await putLayer(store, tar)
  const image = {
    // Nothing of when and where: the same packages give the same digest.
    created: "1970-01-01T00:00:00Z",
    architecture,
    os: "linux",
    config,
    rootfs: { type: "layers", diff_ids: [layer.diffId] },
    history: [{ created: "1970-01-01T00:00:00Z", created_by: "go-image" }],
  }
  const manifest = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: putJson(store, "application/vnd.oci.image.config.v1+json", image),
    layers: [layer.descriptor],
  }
  return putJson(store, manifest.mediaType, manifest).digest
}

interface Descriptor {
  mediaType: string
  digest: string
  size: number
}

interface Layer {
  descriptor: Descriptor
  /** Digest of the layer before it was compressed. */
  diffId: string
}

async function putLayer(store: BaseStore, tar: string): Promise<Layer> {
  const plain = new Digest()
  const packed = new Digest()
  const file = join(store.workspace, "layer.tar.gz")
  await pipeline(createReadStream(tar), plain, createGzip(), packed, createWriteStream(file))
  const { digest } = packed
  const { size } = statSync(file)
  renameSync(file, store.blob(digest))
  const mediaType = "application/vnd.oci.image.layer.v1.tar+gzip"
  return { descriptor: { mediaType, digest, size }, diffId: plain.digest }
}

function putJson(store: BaseStore, mediaType: string, value: unknown): Descriptor {
  const content = Buffer.from(JSON.stringify(value))
  const digest = digestOf(content)
  writeFileSync(store.blob(digest), content)
  return { mediaType, digest, size: content.length }
}

/** Passes data on and computes its digest. */
class Digest extends Transform {
  private readonly hash = createHash("sha256")

  override _transform(chunk: Buffer, _encoding: string, done: (e: null, c: Buffer) => void): void {
    this.hash.update(chunk)
    done(null, chunk)
  }

  /** To be asked for once, at the end. */
  get digest(): string {
    return `sha256:${this.hash.digest("hex")}`
  }
}
