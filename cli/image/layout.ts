import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { isIndex, type Descriptor, type ImageIndex, type ImageManifest } from "./oci.js"

/*
 * An OCI image layout, a folder: https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */

/** What its file `oci-layout` holds. */
export const layoutVersion = `{"imageLayoutVersion":"1.0.0"}`

/** The layers of all images that the index leads to, each image's lowest first. */
export function layersOf(layout: string): Descriptor[] {
  return visit(layout).flatMap(layersIn)
}

/**
 * All blobs that the index leads to, or these documents: the layers, then the documents. A blob may be there more than
 * once.
 */
export function blobsOf(layout: string, documents?: readonly Descriptor[]): Descriptor[] {
  const visited = visit(layout, documents)
  return [
    ...visited.flatMap(layersIn),
    ...visited.flatMap(({ descriptor, manifest }) =>
      manifest ? [manifest.config, descriptor] : [descriptor],
    ),
  ]
}

/** Removes blobs that the index does not lead to. */
export function removeUnreachable(layout: string): void {
  const names = new Set(blobsOf(layout).map(({ digest }) => blobName(digest)))
  for (const algorithm of readdirSync(join(layout, "blobs"))) {
    for (const hex of readdirSync(join(layout, "blobs", algorithm))) {
      const name = `blobs/${algorithm}/${hex}`
      if (!names.has(name)) rmSync(join(layout, name))
    }
  }
}

export function blobName(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`
}

/** Each image that the index leads to, and by which of its entries. */
export function imagesOf(layout: string): (Required<Visited> & { root: Descriptor })[] {
  return read<ImageIndex>(layout, "index.json").manifests.flatMap((root) =>
    visit(layout, [root]).flatMap(({ descriptor, manifest }) =>
      manifest ? [{ root, descriptor, manifest }] : [],
    ),
  )
}

interface Visited {
  descriptor: Descriptor
  /** None of an index. */
  manifest?: ImageManifest
}

function layersIn({ manifest }: Visited): Descriptor[] {
  return manifest?.layers ?? []
}

function visit(
  layout: string,
  documents: readonly Descriptor[] = read<ImageIndex>(layout, "index.json").manifests,
): Visited[] {
  return documents.flatMap((descriptor) => {
    const document = read<ImageIndex | ImageManifest>(layout, blobName(descriptor.digest))
    if (!isIndex(descriptor)) return [{ descriptor, manifest: document as ImageManifest }]
    return [...visit(layout, (document as ImageIndex).manifests), { descriptor }]
  })
}

function read<T>(layout: string, name: string): T {
  return JSON.parse(readFileSync(join(layout, name), "utf8")) as T
}
