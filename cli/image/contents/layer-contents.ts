import { createHash } from "node:crypto"
import type { Header } from "tar-stream"
import { readBuildInfo, type BuildInfo } from "../../../src/sbom/programs/build-info.js"
import { isElf } from "../../../src/sbom/programs/elf.js"
import { isOfSystem, whatItTells } from "../../../src/sbom/os-packages.js"
import type { Entry, ImageStore } from "../archive.js"
import { layerEntries } from "../layer.js"
import type { Descriptor } from "../oci.js"
import { readFunctions, type FunctionTable } from "./function-table.js"
import { packageSizes } from "./package-sizes.js"

/** What one layer brings. */
export interface LayerContents {
  headers: Header[]
  /** By the names that they have in it. */
  files: Map<string, ReadFile>
}

export interface ReadOptions {
  /** It is not of the base. */
  isOwn: boolean
  /** There is none below it. */
  isLowest?: boolean
  /** What is read of a program's functions: how many bytes each package has, their names, or nothing. */
  functions?: "sizes" | "names" | "none"
}

export type ReadLayer = (
  image: ImageStore,
  layer: Descriptor,
  options: ReadOptions,
) => Promise<LayerContents>

/** One that Go compiled. */
export interface Program extends BuildInfo {
  file: string
  size: number
  /** Bytes of machine code by package, largest first; none where its Go is not known here. */
  packages: { name: string; size: number }[]
  /** Of its functions, where they were asked for and its Go is known. */
  functions?: ReadonlySet<string>
}

export async function readLayer(
  image: ImageStore,
  layer: Descriptor,
  options: ReadOptions,
): Promise<LayerContents> {
  const headers: Header[] = []
  const files = new Map<string, ReadFile>()
  for await (const entry of layerEntries(image, layer)) {
    headers.push(entry.header)
    if (entry.header.type === "file") {
      files.set(entry.header.name, await readFile(entry, options))
    } else entry.resume()
  }
  return { headers, files }
}

export interface ReadFile {
  sum: string
  sha1?: string
  program?: Omit<Program, "file">
  /** Of a file that tells what is installed, what it comes to. */
  text?: string
}

/** Its content is held in memory only where it may be a program, or tells what is installed. */
async function readFile(
  entry: Entry,
  { isOwn, functions = "sizes" }: ReadOptions,
): Promise<ReadFile> {
  const { name, size = 0, mode = 0 } = entry.header
  const hash = createHash("sha256")
  const sha1 = createHash("sha1")
  const path = name.replace(/^\.?\/+/, "")
  const isText = size < largestList && isOfSystem(path)
  const chunks: Buffer[] = []
  let isCandidate = size >= smallest && (mode & 0o111) !== 0
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    hash.update(chunk)
    if (chunks.length === 0) isCandidate &&= isElf(chunk)
    if (isCandidate || isOwn) sha1.update(chunk)
    if (isCandidate || isText) chunks.push(chunk)
  }
  return {
    sum: `sha256:${hash.digest("hex")}`,
    ...((isCandidate || isOwn) && { sha1: sha1.digest("hex") }),
    ...(isCandidate && { program: readProgram(Buffer.concat(chunks), functions) }),
    ...(isText && { text: whatItTells(path, Buffer.concat(chunks).toString("utf8")) }),
  }
}

/** Debian's list of a whole desktop has less. */
const largestList = 64 << 20

function readProgram(
  content: Buffer,
  wanted: NonNullable<ReadOptions["functions"]>,
): Omit<Program, "file"> | undefined {
  const info = readBuildInfo(content)
  if (!info) return undefined
  const table = wanted === "none" ? undefined : readFunctions(content)
  const program = { size: content.length, ...info, packages: [] }
  if (!table) return program
  return wanted === "names"
    ? { ...program, functions: table.names() }
    : { ...program, packages: largestFirst(table) }
}

/** The smallest program that Go makes is larger. */
const smallest = 200_000

function largestFirst(table: FunctionTable): Program["packages"] {
  return [...packageSizes(table)]
    .map(([name, size]) => ({ name, size }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
}
