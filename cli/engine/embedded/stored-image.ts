import { createReadStream, existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { blobName } from "../../image/layout.js"
import { findStore } from "./content-store.js"
import { readJson, type ImageStore } from "../../image/archive.js"
import { manifestType, type Descriptor, type ImageIndex } from "../../image/oci.js"

/** An image in the content store of a BuildKit on this machine, read from its files: no registry is asked for it. */
export class StoredImage implements ImageStore {
  private constructor(
    readonly path: string,
    readonly index: ImageIndex,
  ) {}

  /** @param state BuildKit's state folder. */
  static open(state: string, digest: string): StoredImage | undefined {
    const store = findStore(state, digest)
    if (store === undefined) return undefined
    const content = readFileSync(join(store, blobName(digest)))
    const { mediaType = manifestType } = JSON.parse(content.toString("utf8")) as Partial<Descriptor>
    const descriptor = { mediaType, digest, size: content.length }
    return new StoredImage(store, { schemaVersion: 2, manifests: [descriptor] })
  }

  has({ digest }: Descriptor): boolean {
    return existsSync(join(this.path, blobName(digest)))
  }

  async *blob({ digest }: Descriptor): AsyncGenerator<Buffer, void> {
    // BuildKit has seen to it that the content is what its digest says.
    const stream = createReadStream(join(this.path, blobName(digest)), { highWaterMark: 1 << 20 })
    for await (const chunk of stream) yield chunk as Buffer
  }

  async document<T>(descriptor: Descriptor): Promise<T> {
    return (await readJson(`${this.path}: ${descriptor.digest}`, this.blob(descriptor))) as T
  }
}
