import { readFile } from "node:fs/promises"
import { posix } from "node:path"
import { extract, type Header } from "tar-stream"
import { neverSource, readLimit, tooLarge, vcsFolders } from "../../detect/source.js"
import { matchPatterns } from "../../patterns/patterns.js"

/**
 * Files whose names and texts a plan is made of, however many there are. An engine answers a list with a call of its own for
 * each item, and for each field of it: 20,000 lines take it minutes, and an archive of as many files a second.
 */
export const archivedPatterns = ["**/*.go", "**/go.mod", "**/go.sum", "**/go.work"]

export interface ArchivedFile {
  /** As tar names it. */
  type: Header["type"]
  /** Of a file, not of a link. */
  contents?: Buffer
}

/**
 * The field of a query that writes them to a file here, where the module runs: as the layer of an image.
 *
 * @param id Variable of the query that has the Directory's ID.
 */
export function archiveField(id: string, path: string): string {
  const chosen = `include: ${JSON.stringify(archivedPatterns)}, exclude: ${JSON.stringify(neverSource)}`
  return `container { withDirectory(path: "/", source: ${id}, ${chosen}) {
    asTarball(forcedCompression: Uncompressed) { export(path: ${JSON.stringify(path)}) } } }`
}

/** The files, and the folders that they are in, by their paths. */
export async function readArchive(path: string): Promise<ReadonlyMap<string, ArchivedFile>> {
  const blobs = await filesOf(await readFile(path))
  const text = blobs.get("manifest.json")?.contents?.toString() ?? "[]"
  const found = new Map<string, ArchivedFile>()
  for (const { Layers } of JSON.parse(text) as { Layers?: string[] }[]) {
    for (const name of Layers ?? []) {
      const layer = blobs.get(name)?.contents
      if (layer) for (const [path, file] of await filesOf(layer)) found.set(path, file)
    }
  }
  return found
}

async function filesOf(archive: Buffer): Promise<Map<string, ArchivedFile>> {
  const files = new Map<string, ArchivedFile>()
  const entries = extract()
  entries.end(archive)
  for await (const entry of entries) {
    const { name, type, linkname } = entry.header
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    const path = relative(name)
    if (path === "") continue
    if (type === "file") files.set(path, { type, contents: Buffer.concat(chunks) })
    // Another name of a file that came before.
    else if (type === "link") files.set(path, files.get(relative(linkname ?? "")) ?? { type })
    else files.set(path, { type })
  }
  return files
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

export const isArchived = matchPatterns(archivedPatterns)

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
