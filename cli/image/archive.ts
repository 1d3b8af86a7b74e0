import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"

import { extract, type ExtractEvents } from "tar-stream"

import { UserError } from "../../src/errors.js"
import type { Descriptor, ImageIndex } from "./oci.js"

/** No JSON document of a real image comes near this; what is larger is not read into memory. */
const maxDocumentBytes = 16 * 1024 * 1024

/** Few large pieces: most of an archive is skipped, or goes through as it is. */
const highWaterMark = 1 << 20

/** A tar entry's content follows its header, which is one block long. */
const blockBytes = 512

/** Where the documents and layers of images are. */
export interface ImageStore {
  /** As a person names it. */
  readonly path: string
  readonly index: ImageIndex
  /** Fails at its end where the content is not what its digest says. */
  blob(descriptor: Descriptor): AsyncGenerator<Buffer, void>
  document<T>(descriptor: Descriptor): Promise<T>
}

/** An OCI image layout in one tar file, read in place: blobs are neither unpacked nor held in memory. */
export class Archive implements ImageStore {
  private constructor(
    readonly path: string,
    readonly index: ImageIndex,
    /** Where each file of the archive is, e.g. `blobs/sha256/…`. */
    private readonly extents: ReadonlyMap<string, Extent>,
  ) {}

  static async open(path: string): Promise<Archive> {
    const extents = new Map<string, Extent>()
    for await (const entry of entries(path)) {
      const { name, size } = entry.header
      extents.set(normalize(name), { start: entry.offset + blockBytes, size })
      entry.resume()
    }
    const extent = extents.get("index.json")
    if (!extent) throw new UserError(`${path} is not an OCI image archive: it has no index.json`)
    const index = await readJson(`${path}: index.json`, read(path, extent))
    if (!isIndexDocument(index)) {
      throw new UserError(`${path} is not an OCI image archive: its index.json lists no manifests`)
    }
    return new Archive(path, index, extents)
  }

  async *blob({ digest }: Descriptor): AsyncGenerator<Buffer, void> {
    const [, algorithm, hex] = /^(sha256|sha512):([0-9a-f]+)$/.exec(digest) ?? []
    if (!algorithm || !hex) throw new UserError(`${this.path}: unsupported digest ${digest}`)
    const extent = this.extents.get(`blobs/${algorithm}/${hex}`)
    if (!extent) throw new UserError(`${this.path} is incomplete: it has no blob ${digest}`)
    const hash = createHash(algorithm)
    for await (const chunk of read(this.path, extent)) {
      hash.update(chunk)
      yield chunk
    }
    if (hash.digest("hex") !== hex) {
      throw new UserError(`${this.path} is damaged: the content of ${digest} does not match it`)
    }
  }

  async document<T>(descriptor: Descriptor): Promise<T> {
    return (await readJson(`${this.path}: ${descriptor.digest}`, this.blob(descriptor))) as T
  }
}

/** One file in a tar: its header, and a stream of its content. */
export type Entry = ExtractEvents["entry"][1]

interface Extent {
  /** Offset of the first byte. */
  start: number
  size: number
}

async function* read(path: string, { start, size }: Extent): AsyncGenerator<Buffer, void> {
  // A read stream's `end` is inclusive, so that it cannot express an empty range.
  if (size > 0) yield* createReadStream(path, { start, end: start + size - 1, highWaterMark })
}

async function* entries(path: string): AsyncGenerator<Entry, void> {
  const reader = extract()
  // All errors arrive through `reader` as well.
  pipeline(createReadStream(path, { highWaterMark }), reader).catch(() => undefined)
  try {
    yield* reader
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === "ENOENT") throw new UserError(`${path} does not exist`)
    if (code === "EISDIR") throw new UserError(`${path} is a folder, not an OCI image archive`)
    throw new UserError(`${path} is not a readable tar file: ${message}`)
  }
}

export async function readJson(name: string, chunks: AsyncIterable<Buffer>): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxDocumentBytes) throw new UserError(`${name} is too large for a JSON document`)
    parts.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"))
  } catch (error) {
    throw new UserError(`${name} is not JSON: ${(error as Error).message}`)
  }
}

/** Some tools write `./index.json`. */
function normalize(name: string): string {
  return name.replace(/^(\.?\/)+/, "")
}

function isIndexDocument(value: unknown): value is ImageIndex {
  return value instanceof Object && Array.isArray(Reflect.get(value, "manifests"))
}
