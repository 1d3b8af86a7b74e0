import {
  createReadStream,
  createWriteStream,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { pack } from "tar-stream"
import { InternalError } from "../../src/errors.js"
import { isIndex, type Descriptor, type ImageIndex, type ImageManifest } from "./oci.js"

/** Writes an image layout as an archive: what its index leads to, ordered, and without times or owners. */
export async function writeArchive(layout: string, file: string): Promise<void> {
  const archive = pack()
  const written = pipeline(archive, createWriteStream(file))
  const add = async (name: string, size: number, mode: number) => {
    const entry = archive.entry({ name, size, mode, mtime: new Date(0) })
    // Few large pieces: most of an image is one layer.
    await pipeline(createReadStream(join(layout, name), { highWaterMark: 1 << 22 }), entry)
  }
  try {
    for (const { digest, size } of reachable(layout)) {
      const name = blobName(digest)
      const found = statSync(join(layout, name), { throwIfNoEntry: false })?.size
      if (found !== size) throw new InternalError(`${digest} has ${found} bytes instead of ${size}`)
      await add(name, size, 0o444)
    }
    for (const name of ["index.json", "oci-layout"]) {
      await add(name, statSync(join(layout, name)).size, 0o644)
    }
    archive.finalize()
  } catch (error) {
    archive.destroy(error as Error)
    await written.catch(() => undefined)
    throw error
  }
  await written
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
