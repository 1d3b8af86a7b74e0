import { readFile } from "node:fs/promises"
import { posix } from "node:path"
import { extract, type Header } from "tar-stream"
import { neverSource } from "../../detect/source.js"

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
