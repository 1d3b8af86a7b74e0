import type { Header } from "tar-stream"
import type { ImageStore } from "../archive.js"
import { Filesystem, type FileEntry } from "../filesystem.js"
import { chooseManifest, type ChosenManifest } from "../manifest.js"
import { formatPlatform, type Descriptor, type ImageConfig, type RunConfig } from "../oci.js"
import { isDocumentation, readSystem, type System } from "../../../src/sbom/os-packages.js"
import { readLayer, type LayerContents, type Program, type ReadLayer } from "./layer-contents.js"
import { findOwnLayer, hasSystemFiles } from "./own-layers.js"

/** What is in an image, as `inspect --json` prints it. */
export interface Contents {
  /** Of the image's manifest. */
  digest: string
  platform: string
  created?: string
  /** Of its layers as they are stored, in bytes. */
  size: number
  labels: Record<string, string>
  annotations: Record<string, string>
  run: RunConfig
  layers: Layer[]
  /** Index of the first one that is not of the base. */
  firstOwnLayer: number
  programs: Program[]
  /** What the base's own lists say is installed. */
  system: System
  /** All of them, by their absolute path. */
  files: ReadonlyMap<string, FileSummary>
}

export interface FileSummary {
  type: string
  /** Octal. */
  mode: string
  /** `UID:GID` */
  owner: string
  size: number
  linkTarget?: string
  /** Of a file's content: `sha256:…` */
  sum?: string
  /** The same, in hex, of programs, and of files that are not of the base. */
  sha1?: string
  /** Index of the layer that it is in. */
  layer: number
}

export interface Layer {
  digest: string
  /** As it is stored, in bytes. */
  size: number
  /** Of its files, in bytes. */
  unpackedSize: number
  files: number
  /** The step that made it. */
  createdBy?: string
}

/** Of one platform; see chooseManifest. */
export async function readContents(image: ImageStore, platform?: string): Promise<Contents> {
  return readManifest(image, await chooseManifest(image, platform))
}

/**
 * @param read Each layer, once.
 * @param ownLayers How many of the last ones are not of the base.
 */
export async function readManifest(
  image: ImageStore,
  { descriptor, manifest, config }: ChosenManifest,
  read: ReadLayer = readLayer,
  ownLayers?: number,
): Promise<Contents> {
  const { length } = manifest.layers
  const known = ownLayers === undefined ? findOwnLayer(config) : Math.max(0, length - ownLayers)
  const { contents, firstOwnLayer } = await readLayers(image, manifest.layers, read, known)
  const filesystem = new Filesystem()
  for (const [index, { headers }] of contents.entries()) filesystem.apply(index, headers)
  const layers = manifest.layers.map((layer, index) =>
    layerOf(layer, contents[index]?.headers ?? [], createdBy(config, index)),
  )
  const files = new Map<string, FileSummary>()
  const programs: Program[] = []
  const system = new Map<string, string>()
  const links = new Map<string, string>()
  for (const [path, entry] of filesystem.paths()) {
    // By the name that it has there: a later layer may hide it.
    const { sum, sha1, program, text } = contents[entry.layer]?.files.get(entry.name) ?? {}
    files.set(path, { ...summary(entry), sum, sha1 })
    if (program) programs.push({ file: path, ...program })
    if (text !== undefined) system.set(path.slice(1), text)
    const { linkTarget } = entry
    if (linkTarget !== undefined && isDocumentation(path.slice(1)))
      links.set(path.slice(1), linkTarget)
  }
  return {
    digest: descriptor.digest,
    platform: formatPlatform(config),
    created: config.created,
    size: layers.reduce((sum, { size }) => sum + size, 0),
    labels: config.config?.Labels ?? {},
    annotations: manifest.annotations ?? {},
    run: config.config ?? {},
    layers,
    firstOwnLayer,
    programs,
    system: readSystem(system, links),
    files,
  }
}

/**
 * From the last one down: which is the first that is not of the base may only be seen by what is in it.
 *
 * @param known Its index. Where none has what it would have, no layer is known to be of a base.
 */
async function readLayers(
  image: ImageStore,
  layers: readonly Descriptor[],
  read: ReadLayer,
  known: number | undefined,
): Promise<{ contents: LayerContents[]; firstOwnLayer: number }> {
  const contents: LayerContents[] = []
  let firstOwnLayer = known
  for (const [index, layer] of [...layers.entries()].reverse()) {
    const isOwn = index >= (firstOwnLayer ?? 0)
    const content = await read(image, layer, { isOwn, isLowest: index === 0 })
    contents.unshift(content)
    if (firstOwnLayer === undefined && hasSystemFiles(content.headers)) firstOwnLayer = index
  }
  return { contents, firstOwnLayer: firstOwnLayer ?? 0 }
}

function layerOf(
  { digest, size }: Descriptor,
  headers: readonly Header[],
  createdBy?: string,
): Layer {
  const files = headers.filter(({ type }) => type === "file")
  const unpackedSize = files.reduce((sum, { size = 0 }) => sum + size, 0)
  return { digest, size, unpackedSize, files: files.length, createdBy }
}

function summary({ type, mode, uid, gid, size, linkTarget, layer }: FileEntry): FileSummary {
  return { type, mode: mode.toString(8), owner: `${uid}:${gid}`, size, linkTarget, layer }
}

/** The history has steps that made no layer, too. */
function createdBy({ history = [] }: ImageConfig, layer: number): string | undefined {
  return history.filter((each) => !each.empty_layer)[layer]?.created_by
}
