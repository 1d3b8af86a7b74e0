import { spawn } from "node:child_process"
import { once } from "node:events"
import { PassThrough } from "node:stream"
import { pipeline } from "node:stream/promises"
import * as zlib from "node:zlib"

import { extract } from "tar-stream"

import { UserError } from "../../src/errors.js"
import type { Entry, ImageStore } from "./archive.js"
import type { Descriptor } from "./oci.js"

/**
 * Streams the entries of a layer's tar. Each one's body must be read, or skipped with `resume()`.
 *
 * @param alsoTo Gets the tar, too.
 */
export async function* layerEntries(
  archive: ImageStore,
  layer: Descriptor,
  alsoTo?: NodeJS.WritableStream,
): AsyncGenerator<Entry> {
  const reader = extract()
  const copy = async function* (chunks: AsyncIterable<unknown>) {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      if (alsoTo && !alsoTo.write(chunk)) await once(alsoTo, "drain")
      yield chunk
    }
    alsoTo?.end()
  }
  const tar = decompressor(layer.mediaType)
  const read = pipeline(archive.blob(layer), tar as NodeJS.ReadWriteStream, copy, reader)
  // Errors arrive through `reader`; those after its last entry, through the await below.
  read.catch(() => undefined)
  try {
    yield* reader
    await read
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`layer ${layer.digest} cannot be read: ${(error as Error).message}`)
  }
}

/** Of what is decompressed: each piece is a round trip through the thread pool. */
const chunkSize = 1 << 20

function decompressor(mediaType: string): NodeJS.ReadWriteStream | typeof runZstd {
  switch (/[.+](gzip|zstd)$/.exec(mediaType)?.[1] ?? (/\btar$/.test(mediaType) ? "tar" : "")) {
    case "tar":
      return new PassThrough()
    case "gzip":
      return zlib.createGunzip({ chunkSize })
    case "zstd":
      return builtInZstd() ?? runZstd
    default:
      throw new UserError(`unsupported type of layer: ${mediaType}`)
  }
}

/** Node has zstd since 22.15, but its types for 20 do not. */
function builtInZstd(): NodeJS.ReadWriteStream | undefined {
  return (zlib as { createZstdDecompress?: () => NodeJS.ReadWriteStream }).createZstdDecompress?.()
}

async function* runZstd(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const zstd = spawn("zstd", ["--decompress", "--stdout", "--quiet"], {
    stdio: ["pipe", "pipe", "ignore"],
  })
  const exit = once(zstd, "exit") as Promise<[code: number | null]>
  exit.catch(() => undefined)
  const feed = pipeline(compressed, zstd.stdin)
  feed.catch(() => undefined)
  try {
    yield* zstd.stdout as AsyncIterable<Buffer>
    const [code] = await exit
    if (code !== 0) throw new Error("zstd could not decompress it")
    await feed
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
    throw new UserError("a layer is compressed with zstd, and this Node.js cannot read that", {
      hint: "Install the zstd program (apt-get install zstd), or use Node.js 22.15 or later.",
    })
  } finally {
    zstd.kill()
  }
}
