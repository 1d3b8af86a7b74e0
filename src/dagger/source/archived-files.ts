import { createReadStream } from "node:fs"
import { posix } from "node:path"
import { Readable } from "node:stream"
import { extract, type Header } from "tar-stream"
import { mediaEndings } from "../../detect/assets/secrets.js"
import { isBuildFile, neverSource, readLimit, tooLarge, vcsFolders } from "../../detect/source.js"

/**
 * A source comes as an archive of all its files but these, of which a plan needs the names alone. An engine answers a list with a
 * call of its own for each item, and copies the files of a selection one by one: 20,000 files take it ten times as long as
 * the archive of all.
 */
export const listedPatterns = mediaEndings.map((ending) => `**/*.${ending}`)

export interface ArchivedFile {
  /** As tar names it. */
  type: Header["type"]
  /** Of a file, not of a link, if it is kept. */
  contents?: Buffer
}

/** What others than build files may have together, so that a repository of any size is read in the memory of a small machine. */
const keptBytes = 100_000_000

const tarBlock = 512
const tarMagic = { at: 257, text: "ustar" }

/**
 * The field of a query that writes the archive to a file here, where the module runs: as the layer of an image.
 *
 * @param id Variable of the query that has the Directory's ID.
 */
export function archiveField(id: string, path: string): string {
  const exclude = JSON.stringify([...listedPatterns, ...neverSource])
  return `container { withDirectory(path: "/", source: ${id}, exclude: ${exclude}) {
    asTarball(forcedCompression: Uncompressed) { export(path: ${JSON.stringify(path)}) } } }`
}

/** The files, and the folders that they are in, by their paths. */
export async function readArchive(path: string): Promise<ReadonlyMap<string, ArchivedFile>> {
  const found = new Map<string, ArchivedFile>()
  let kept = 0
  const keep = (path: string, bytes: number): boolean => {
    if (isBuildFile(path)) return true
    if (bytes > readLimit(path).bytes || kept + bytes > keptBytes) return false
    kept += bytes
    return true
  }
  for await (const blob of createReadStream(path).pipe(extract())) {
    const layer = await layerIn(blob as AsyncIterable<Buffer>)
    if (layer) await readLayer(layer, found, keep)
  }
  return found
}

/** What an image's archive has besides its layers is JSON, which is read to its end. */
async function layerIn(blob: AsyncIterable<Buffer>): Promise<Readable | undefined> {
  const chunks = blob[Symbol.asyncIterator]()
  let start = Buffer.alloc(0)
  let next = await chunks.next()
  for (; !next.done && start.length < tarBlock; next = await chunks.next())
    start = Buffer.concat([start, next.value])
  if (start.toString("latin1", tarMagic.at, tarMagic.at + tarMagic.text.length) === tarMagic.text)
    return Readable.from(
      (async function* () {
        yield start
        for (; !next.done; next = await chunks.next()) yield next.value
      })(),
    )
  while (!next.done) next = await chunks.next()
  return undefined
}

async function readLayer(
  layer: Readable,
  found: Map<string, ArchivedFile>,
  keep: (path: string, bytes: number) => boolean,
): Promise<void> {
  for await (const entry of layer.pipe(extract())) {
    const { name, type, linkname, size = 0 } = entry.header
    const path = relative(name)
    if (path !== "" && type === "file") {
      found.set(
        path,
        keep(path, size)
          ? { type, contents: await contentsOf(entry as AsyncIterable<Buffer>) }
          : { type },
      )
    } else if (path !== "") {
      // Another name of a file that came before.
      const first = type === "link" ? found.get(relative(linkname ?? "")) : undefined
      found.set(path, first ?? { type })
    }
    entry.resume()
  }
}

async function contentsOf(entry: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of entry) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function relative(name: string): string {
  return posix
    .normalize(name)
    .replace(/^\.?\//, "")
    .replace(/\/$|^\.$/, "")
}

export function checkSize(path: string, size: number): void {
  const { bytes, cut } = readLimit(path)
  if (size > bytes && !cut) throw tooLarge(path, size)
}

/** As the engine lists them. */
export function pathsOf(archived: ReadonlyMap<string, ArchivedFile>): string[] {
  return [...archived].map(([path, { type }]) => (type === "directory" ? `${path}/` : path))
}

/** Of those that are files, and no links. */
export function texts(
  archived: ReadonlyMap<string, ArchivedFile>,
  paths: readonly string[],
): Map<string, string> {
  return new Map(
    paths.flatMap((path): [string, string][] => {
      const file = archived.get(path)
      return file?.contents ? [[path, textOf(path, file)]] : []
    }),
  )
}

export function textOf(path: string, { contents }: ArchivedFile): string {
  if (!contents) return ""
  checkSize(path, contents.length)
  return contents.toString("utf8", 0, readLimit(path).bytes)
}

/** Folders end in a slash. */
export function emptyFolders(paths: readonly string[]): string[] {
  const filled = new Set(
    paths.map((path) => path.slice(0, path.lastIndexOf("/", path.length - 2) + 1)),
  )
  return paths
    .filter((path) => path.endsWith("/") && !filled.has(path))
    .map((path) => path.slice(0, -1))
    .filter((path) => !path.split("/").some((part) => vcsFolders.includes(part)))
    .sort()
}
