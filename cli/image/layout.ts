import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"
import { pack, type Header } from "tar-stream"
import { InternalError } from "../../src/errors.js"
import { isIndex, type Descriptor, type ImageIndex, type ImageManifest } from "./oci.js"

/** Writes an image layout as an archive: what its index leads to, ordered, and without times or owners. */
export async function writeArchive(layout: string, file: string): Promise<void> {
  const archive = openSync(file, "w")
  try {
    for (const { digest, size } of reachable(layout)) {
      const name = blobName(digest)
      const found = statSync(join(layout, name), { throwIfNoEntry: false })?.size
      if (found !== size) throw new InternalError(`${digest} has ${found} bytes instead of ${size}`)
      await writeEntry(archive, layout, { name, size, mode: 0o444 })
    }
    for (const name of ["index.json", "oci-layout"]) {
      await writeEntry(archive, layout, {
        name,
        size: statSync(join(layout, name)).size,
        mode: 0o644,
      })
    }
    writeSync(archive, Buffer.alloc(2 * blockBytes))
  } finally {
    closeSync(archive)
  }
}

/** All sizes in a tar are multiples of it, and two empty ones are its end. */
const blockBytes = 512

/** Through one buffer: an image is tens of megabytes, most of which were in the last archive, too. */
const buffer = Buffer.alloc(1 << 20)

async function writeEntry(
  archive: number,
  layout: string,
  entry: { name: string; size: number; mode: number },
): Promise<void> {
  writeSync(archive, await entryHeader({ ...entry, mtime: new Date(0) }))
  const source = openSync(join(layout, entry.name), "r")
  try {
    for (let bytes; (bytes = readSync(source, buffer)) > 0;) writeSync(archive, buffer, 0, bytes)
  } finally {
    closeSync(source)
  }
  writeSync(archive, Buffer.alloc(-entry.size & (blockBytes - 1)))
}

/** Without its content, which would go through the stream in pieces that are allocated anew each. */
async function entryHeader(entry: Partial<Header> & { name: string }): Promise<Buffer> {
  const stream = pack()
  stream.entry(entry).on("error", () => undefined)
  for await (const header of stream) return header as Buffer
  throw new InternalError(`no header for ${entry.name}`)
}

/** Removes blobs that the index does not lead to. */
export function removeUnreachable(layout: string): void {
  const names = new Set(reachable(layout).map(({ digest }) => blobName(digest)))
  for (const algorithm of readdirSync(join(layout, "blobs"))) {
    for (const hex of readdirSync(join(layout, "blobs", algorithm))) {
      const name = `blobs/${algorithm}/${hex}`
      if (!names.has(name)) rmSync(join(layout, name))
    }
  }
}

/** The blobs of all images in a layout, sorted by digest. */
function reachable(layout: string): Descriptor[] {
  const found = new Map<string, Descriptor>()
  const read = <T>(name: string) => JSON.parse(readFileSync(join(layout, name), "utf8")) as T
  const visit = (descriptor: Descriptor) => {
    if (found.has(descriptor.digest)) return
    found.set(descriptor.digest, descriptor)
    const document = read<ImageIndex | ImageManifest>(blobName(descriptor.digest))
    if (isIndex(descriptor)) {
      ;(document as ImageIndex).manifests.forEach(visit)
      return
    }
    const { config, layers } = document as ImageManifest
    for (const each of [config, ...layers]) found.set(each.digest, each)
  }
  read<ImageIndex>("index.json").manifests.forEach(visit)
  return [...found.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1))
}

function blobName(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`
}
