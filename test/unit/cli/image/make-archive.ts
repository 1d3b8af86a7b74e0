import { createHash } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"

import { pack, type Header } from "tar-stream"
import { onTestFinished } from "vitest"

import type {
  Descriptor,
  ImageConfig,
  ImageManifest,
  RunConfig,
} from "../../../../cli/image/oci.js"

/** An entry of a layer: a header and, for a file, its content. */
export type LayerEntry = Partial<Header> & { name: string; content?: string | Buffer }

export interface LayerSpec {
  mediaType: string
  bytes: Buffer
  /** Digest of the tar in it. */
  diffId?: string
}

export interface ImageSpec {
  layers: LayerSpec[]
  platform?: string
  run?: RunConfig
  history?: ImageConfig["history"]
}

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export async function tarOf(entries: LayerEntry[]): Promise<Buffer> {
  const tar = pack()
  for (const { content, ...header } of entries) tar.entry(header, content ?? "")
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function layer(...entries: LayerEntry[]): Promise<LayerSpec> {
  const tar = await tarOf(entries)
  return {
    mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
    bytes: gzipSync(tar),
    diffId: `sha256:${createHash("sha256").update(tar).digest("hex")}`,
  }
}

/** The files of an OCI image layout; tests take some away or change them before they are written. */
export class Layout {
  readonly files = new Map<string, Buffer>([
    ["oci-layout", Buffer.from('{"imageLayoutVersion":"1.0.0"}')],
  ])

  add(mediaType: string, content: Buffer | object): Descriptor {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
    const hex = createHash("sha256").update(bytes).digest("hex")
    this.files.set(`blobs/sha256/${hex}`, bytes)
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length }
  }

  addImage({ layers, platform = "linux/amd64", run, history }: ImageSpec): Descriptor {
    const [os = "", architecture = "", variant] = platform.split("/")
    const config: ImageConfig = {
      os,
      architecture,
      ...(variant ? { variant } : {}),
      config: run,
      ...(history && { history }),
      rootfs: { type: "layers", diff_ids: layers.flatMap(({ diffId }) => diffId ?? []) },
    }
    const manifest: ImageManifest = {
      schemaVersion: 2,
      config: this.add("application/vnd.oci.image.config.v1+json", config),
      layers: layers.map(({ mediaType, bytes }) => this.add(mediaType, bytes)),
    }
    return this.add("application/vnd.oci.image.manifest.v1+json", manifest)
  }

  addIndex(manifests: Descriptor[]): Descriptor {
    return this.add("application/vnd.oci.image.index.v1+json", { schemaVersion: 2, manifests })
  }

  /** Writes the archive with these manifests in its index.json. */
  async write(...manifests: Descriptor[]): Promise<string> {
    this.files.set("index.json", Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })))
    const path = join(temporaryFolder(), "image.tar")
    const entries = [...this.files].map(([name, content]) => ({ name, content }))
    writeFileSync(path, await tarOf(entries))
    return path
  }
}

export async function writeImage(spec: ImageSpec): Promise<string> {
  const layout = new Layout()
  return layout.write(layout.addImage(spec))
}
