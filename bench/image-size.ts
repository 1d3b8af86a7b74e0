import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { Archive } from "../cli/image/archive.js"
import type { OciLayout } from "../cli/engine/engine.js"
import { isIndex, type Descriptor, type ImageIndex, type ImageManifest } from "../cli/image/oci.js"

/** What a registry has to hold for an image: layers as they are, compressed, by digest. */
export type Layers = ReadonlyMap<string, number>

/** The layers of all images in OCI archives or layouts. */
export async function layersOf(paths: readonly string[]): Promise<Layers> {
  const layers = new Map<string, number>()
  for (const path of paths) {
    const read = await reader(path)
    const visit = async (descriptor: Descriptor): Promise<void> => {
      const document = await read<ImageIndex | ImageManifest>(descriptor)
      if (isIndex(descriptor)) {
        for (const each of (document as ImageIndex).manifests) await visit(each)
      } else {
        for (const { digest, size } of (document as ImageManifest).layers) layers.set(digest, size)
      }
    }
    for (const each of (await read<ImageIndex>()).manifests) await visit(each)
  }
  return layers
}

export function bytes(layers: Layers): number {
  return [...layers.values()].reduce((sum, size) => sum + size, 0)
}

export function without(layers: Layers, others: Layers): Layers {
  return new Map([...layers].filter(([digest]) => !others.has(digest)))
}

/** Of a base image in a layout; none where it comes from a registry. */
export function baseLayers(layout: OciLayout | undefined): Layers {
  if (!layout) return new Map()
  const manifest = readJson<ImageManifest>(blob(layout.path, layout.digest))
  return new Map(manifest.layers.map(({ digest, size }) => [digest, size]))
}

/** Reads documents of an archive or a layout; the index where none is given. */
async function reader(path: string): Promise<<T>(descriptor?: Descriptor) => Promise<T>> {
  if (!existsSync(path)) throw new Error(`no image was written to ${path}`)
  if (statSync(path).isDirectory()) {
    return (descriptor) =>
      Promise.resolve(
        readJson(descriptor ? blob(path, descriptor.digest) : join(path, "index.json")),
      )
  }
  const archive = await Archive.open(path)
  return <T>(descriptor?: Descriptor) =>
    descriptor ? archive.document<T>(descriptor) : Promise.resolve(archive.index as T)
}

function blob(layout: string, digest: string): string {
  return join(layout, "blobs", ...digest.split(":"))
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T
}
