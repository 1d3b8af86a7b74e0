import { open, stat, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import { pack, type Header } from "tar-stream"
import { InternalError } from "../../src/errors.js"
import { blobName, blobsOf } from "./layout.js"
import type { Descriptor } from "./oci.js"

/** Writes an image layout as an archive: what its index leads to, layers first, and without times or owners. */
export async function writeArchive(layout: string, path: string): Promise<void> {
  const writer = await ArchiveWriter.create(layout, path)
  try {
    await writer.finish()
  } finally {
    await writer.close()
  }
}

/** All sizes in a tar are multiples of it, and two empty ones are its end. */
const blockBytes = 512

/**
 * The same in two goes. After an edit nearly all of an image is as it was, and can be written while the rest is being
 * built: the layers of the image before it, of which those stay that the new one begins with, too.
 */
export class ArchiveWriter {
  private readonly blobs: { digest: string; end: number }[] = []
  private readonly buffer = Buffer.alloc(1 << 20)
  private end = 0

  private constructor(
    private readonly layout: string,
    private readonly file: FileHandle,
  ) {}

  static async create(layout: string, path: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(layout, await open(path, "w"))
  }

  /** All of the image that is in the layout now. */
  async finish(): Promise<void> {
    await this.begin(blobsOf(this.layout))
    for (const name of ["index.json", "oci-layout"]) {
      await this.writeFile({ name, size: await this.sizeOf(name), mode: 0o644 })
    }
    await this.append(Buffer.alloc(2 * blockBytes))
    await this.file.truncate(this.end)
  }

  /** Has these blobs at its beginning. */
  async begin(blobs: readonly Descriptor[]): Promise<void> {
    const wanted = [...new Map(blobs.map((blob) => [blob.digest, blob])).values()]
    const differs = this.blobs.findIndex(({ digest }, index) => digest !== wanted[index]?.digest)
    if (differs >= 0) this.blobs.length = differs
    this.end = this.blobs.at(-1)?.end ?? 0
    for (const { digest, size } of wanted.slice(this.blobs.length)) {
      const name = blobName(digest)
      const found = await this.sizeOf(name)
      if (found !== size) throw new InternalError(`${digest} has ${found} bytes instead of ${size}`)
      await this.writeFile({ name, size, mode: 0o444 })
      this.blobs.push({ digest, end: this.end })
    }
  }

  close(): Promise<void> {
    return this.file.close()
  }

  private async writeFile(entry: { name: string; size: number; mode: number }): Promise<void> {
    await this.append(await entryHeader({ ...entry, mtime: new Date(0) }))
    const source = await open(join(this.layout, entry.name))
    try {
      for (;;) {
        // Through one buffer: an image is tens of megabytes.
        const { bytesRead } = await source.read(this.buffer)
        if (bytesRead === 0) break
        await this.append(this.buffer.subarray(0, bytesRead))
      }
    } finally {
      await source.close()
    }
    await this.append(Buffer.alloc(-entry.size & (blockBytes - 1)))
  }

  private async append(bytes: Buffer): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      const rest = bytes.subarray(written)
      written += (await this.file.write(rest, 0, rest.length, this.end + written)).bytesWritten
    }
    this.end += bytes.length
  }

  private async sizeOf(name: string): Promise<number> {
    return (await stat(join(this.layout, name))).size
  }
}

/** Without its content, which would go through the stream in pieces that are allocated anew each. */
async function entryHeader(entry: Partial<Header> & { name: string }): Promise<Buffer> {
  const stream = pack()
  stream.entry(entry).on("error", () => undefined)
  for await (const header of stream) return header as Buffer
  throw new InternalError(`no header for ${entry.name}`)
}
