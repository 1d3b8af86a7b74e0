import type { Header } from "tar-stream"

import { UserError } from "../src/errors.js"
import { Archive } from "../cli/image/archive.js"
import { Filesystem, type FileEntry } from "../cli/image/filesystem.js"
import { layerEntries } from "../cli/image/layer.js"
import { chooseManifest } from "../cli/image/manifest.js"
import type { Descriptor, ImageConfig, ImageManifest, RunConfig } from "../cli/image/oci.js"

/** Opens an OCI image archive and reads all but the contents of its files. */
export async function readImage(path: string, options: { platform?: string } = {}): Promise<Image> {
  const archive = await Archive.open(path)
  const { descriptor, manifest, config } = await chooseManifest(archive, options.platform)
  const layers: Header[][] = []
  for (const layer of manifest.layers) {
    const headers: Header[] = []
    for await (const entry of layerEntries(archive, layer)) {
      headers.push(entry.header)
      entry.resume()
    }
    layers.push(headers)
  }
  return new Image(archive, descriptor, manifest, config, layers)
}

/** One image of an archive. */
export class Image {
  /** The root filesystem: absolute path to entry, folders before what they hold. */
  readonly files: ReadonlyMap<string, FileEntry>
  private readonly filesystem: Filesystem

  constructor(
    readonly store: Archive,
    /** Of the manifest. */
    readonly descriptor: Descriptor,
    readonly manifest: ImageManifest,
    readonly config: ImageConfig,
    /** The entries of each layer. */
    headers: readonly (readonly Header[])[],
  ) {
    this.filesystem = mergeLayers(headers)
    this.files = this.filesystem.paths()
  }

  get digest(): string {
    return this.descriptor.digest
  }

  get run(): RunConfig {
    return this.config.config ?? {}
  }

  get layers(): readonly Descriptor[] {
    return this.manifest.layers
  }

  /** Reads a file whole; symbolic links are followed inside the image. */
  async readFile(path: string): Promise<Buffer> {
    const file = this.filesystem.resolve(path)
    if (!file) throw new UserError(`the image has no ${path}`)
    if (file.type !== "file") throw new UserError(`${path} is a ${file.type} in the image`)
    let content: Buffer | undefined
    for await (const entry of layerEntries(this.store, this.layers[file.layer]!)) {
      if (entry.header.name !== file.name) {
        entry.resume()
        continue
      }
      const chunks: Buffer[] = []
      for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk)
      // A tar may hold a name twice; the last one counts.
      content = Buffer.concat(chunks)
    }
    return content!
  }
}

function mergeLayers(headers: readonly (readonly Header[])[]): Filesystem {
  const filesystem = new Filesystem()
  for (const [index, layer] of headers.entries()) filesystem.apply(index, layer)
  return filesystem
}
