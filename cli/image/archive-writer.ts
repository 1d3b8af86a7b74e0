import { open, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import { pack, type Header } from "tar-stream"
import { InternalError } from "../../src/errors.js"
import { archiveMark } from "./archive-mark.js"
import { dockerManifest } from "./docker-manifest.js"
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
  /** All goes through it: an image is tens of megabytes, in files of which most are small. */
  private readonly buffer = Buffer.alloc(1 << 20)
  private filled = 0
  /** Where in the file the buffer comes. */
  private position = 0

  private constructor(
    private readonly layout: string,
    private readonly file: FileHandle,
  ) {}

  static async create(layout: string, path: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(layout, await open(path, "w"))
  }

  /** Has these blobs at its beginning. */
  async begin(blobs: readonly Descriptor[]): Promise<void> {
    await this.writeBlobs(blobs)
    await this.flush()
  }

  /** All of the image that is in the layout now. */
  async finish(): Promise<void> {
    await this.writeBlobs(blobsOf(this.layout))
    for (const name of ["index.json", "oci-layout"]) await this.writeFile({ name, mode: 0o644 })
    const forDocker = dockerManifest(this.layout)
    if (forDocker !== undefined) await this.writeText("manifest.json", forDocker)
    await this.append(Buffer.alloc(2 * blockBytes))
    await this.flush()
    await this.file.truncate(this.position)
  }

  close(): Promise<void> {
    return this.file.close()
  }

  /** Without those that are there. */
  private async writeBlobs(blobs: readonly Descriptor[]): Promise<void> {
    const wanted = [...new Map(blobs.map((blob) => [blob.digest, blob])).values()]
    const differs = this.blobs.findIndex(({ digest }, index) => digest !== wanted[index]?.digest)
    if (differs >= 0) this.blobs.length = differs
    this.position = this.blobs.at(-1)?.end ?? 0
    for (const { digest, size } of wanted.slice(this.blobs.length)) {
      await this.writeFile({ name: blobName(digest), size, mode: 0o444 })
      this.blobs.push({ digest, end: this.position + this.filled })
    }
  }

  /** `size` is what the file must have, where that is known. */
  private async writeFile(entry: { name: string; size?: number; mode: number }): Promise<void> {
    const source = await open(join(this.layout, entry.name))
    try {
      const { size } = await source.stat()
      if (entry.size !== undefined && entry.size !== size) {
        throw new InternalError(`${entry.name} has ${size} bytes instead of ${entry.size}`)
      }
      await this.append(await entryHeader({ ...entry, size }))
      for (let left = size; left > 0;) {
        const room = await this.room(1)
        const { bytesRead } = await source.read(this.buffer, this.filled, Math.min(left, room))
        if (bytesRead === 0) throw new InternalError(`${entry.name} became shorter`)
        this.filled += bytesRead
        left -= bytesRead
      }
      await this.append(untilBlock(size))
    } finally {
      await source.close()
    }
  }

  private async writeText(name: string, text: string): Promise<void> {
    const content = Buffer.from(text)
    await this.append(await entryHeader({ name, size: content.length, mode: 0o644 }))
    await this.append(Buffer.concat([content, untilBlock(content.length)]))
  }

  private async append(bytes: Buffer): Promise<void> {
    await this.room(bytes.length)
    this.filled += bytes.copy(this.buffer, this.filled)
  }

  /** How much the buffer can take: at least that. */
  private async room(bytes: number): Promise<number> {
    if (this.buffer.length - this.filled < bytes) await this.flush()
    return this.buffer.length - this.filled
  }

  private async flush(): Promise<void> {
    for (let written = 0; written < this.filled;) {
      const rest = this.buffer.subarray(written, this.filled)
      written += (await this.file.write(rest, 0, rest.length, this.position + written)).bytesWritten
    }
    this.position += this.filled
    this.filled = 0
  }
}

/** What is missing of the last block after so many bytes. */
function untilBlock(size: number): Buffer {
  return Buffer.alloc(-size & (blockBytes - 1))
}

/** Without its content, which would go through the stream in pieces that are each allocated again. */
async function entryHeader(entry: Partial<Header> & { name: string }): Promise<Buffer> {
  const stream = pack()
  stream.entry({ ...entry, mtime: new Date(0), gname: archiveMark }).on("error", () => undefined)
  for await (const header of stream) return header as Buffer
  throw new InternalError(`no header for ${entry.name}`)
}
