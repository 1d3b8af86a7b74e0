import { createHash } from "node:crypto"
import type { Header } from "tar-stream"
import type { Entry, ImageStore } from "../image/archive.js"
import { Filesystem, type FileEntry } from "../image/filesystem.js"
import { layerEntries } from "../image/layer.js"
import { chooseManifest } from "../image/manifest.js"
import { formatPlatform, type Descriptor, type ImageConfig, type RunConfig } from "../image/oci.js"
import { readBuildInfo, type BuildInfo } from "./build-info.js"
import { isElf } from "./elf.js"
import { packageSizes } from "./package-sizes.js"

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
  programs: Program[]
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

/** One that Go compiled. */
export interface Program extends BuildInfo {
  file: string
  size: number
  /** Bytes of machine code by package, largest first; none where its Go is not known here. */
  packages: { name: string; size: number }[]
}

/** Reads each layer once. */
export async function readContents(image: ImageStore, platform?: string): Promise<Contents> {
  const { descriptor, manifest, config } = await chooseManifest(image, platform)
  const filesystem = new Filesystem()
  /** By the layer and the name that they have there: a later layer may hide them. */
  const read = new Map<string, ReadFile>()
  const layers: Layer[] = []
  for (const [index, layer] of manifest.layers.entries()) {
    const headers: Header[] = []
    for await (const entry of layerEntries(image, layer)) {
      headers.push(entry.header)
      if (entry.header.type === "file")
        read.set(place(index, entry.header.name), await readFile(entry))
      else entry.resume()
    }
    filesystem.apply(index, headers)
    layers.push(layerOf(layer, headers, createdBy(config, index)))
  }
  const files = new Map<string, FileSummary>()
  const programs: Program[] = []
  for (const [path, entry] of filesystem.paths()) {
    const { sum, program } = read.get(place(entry.layer, entry.name)) ?? {}
    files.set(path, summary(entry, sum))
    if (program) programs.push({ file: path, ...program })
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
    programs,
    files,
  }
}

function place(layer: number, name: string): string {
  return `${layer}:${name}`
}

function layerOf({ digest, size }: Descriptor, headers: Header[], createdBy?: string): Layer {
  const files = headers.filter(({ type }) => type === "file")
  const unpackedSize = files.reduce((sum, { size = 0 }) => sum + size, 0)
  return { digest, size, unpackedSize, files: files.length, createdBy }
}

function summary({ type, mode, uid, gid, size, linkTarget }: FileEntry, sum?: string): FileSummary {
  return { type, mode: mode.toString(8), owner: `${uid}:${gid}`, size, linkTarget, sum }
}

interface ReadFile {
  sum: string
  program?: Omit<Program, "file">
}

/** Its content is held in memory only where it may be a program. */
async function readFile(entry: Entry): Promise<ReadFile> {
  const { size = 0, mode = 0 } = entry.header
  const hash = createHash("sha256")
  const chunks: Buffer[] = []
  let isCandidate = size >= smallest && (mode & 0o111) !== 0
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    hash.update(chunk)
    if (chunks.length === 0) isCandidate &&= isElf(chunk)
    if (isCandidate) chunks.push(chunk)
  }
  const sum = `sha256:${hash.digest("hex")}`
  return isCandidate ? { sum, program: readProgram(Buffer.concat(chunks)) } : { sum }
}

function readProgram(content: Buffer): Omit<Program, "file"> | undefined {
  const info = readBuildInfo(content)
  return info && { size: content.length, ...info, packages: largestFirst(content) }
}

/** The smallest program that Go makes is larger. */
const smallest = 200_000

function largestFirst(program: Buffer): Program["packages"] {
  return [...(packageSizes(program) ?? [])]
    .map(([name, size]) => ({ name, size }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
}

/** The history has steps that made no layer, too. */
function createdBy({ history = [] }: ImageConfig, layer: number): string | undefined {
  return history.filter((each) => !each.empty_layer)[layer]?.created_by
}
