import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Header } from "tar-stream"
import { cacheFolder } from "../../system/folders.js"
import { cacheFolderName, putInPlace, removeOldest, reuse } from "../../system/cache-folders.js"
import { makeWorkFolder } from "../../system/work-folder.js"
import { readLayer, type LayerContents, type ReadFile, type ReadLayer } from "./layer-contents.js"

/** Of this format of what is kept; it changes when what is read of a layer does. */
const version = 4

/** Of a large base, a layer's is some megabytes. */
const limits = { folders: 100, bytes: 100e6 }

const contentsFile = "contents.json"

interface Kept {
  headers: Header[]
  files: [string, ReadFile][]
}

/**
 * Reads a layer once, and keeps what was in it: most of an image is its base, which stays the same from one build to the
 * next, and of our own layers most are.
 */
export const readKeptLayer: ReadLayer = async (image, layer, { isOwn, isLowest = false }) => {
  const store = join(cacheFolder(), "layers")
  const kind = isOwn ? "own" : isLowest ? "lowest" : "base"
  const folder = join(store, cacheFolderName(`${layer.digest} ${kind} ${version}`))
  const kept = readKept(folder)
  if (kept) return kept
  const contents = await readLayer(image, layer, { isOwn, functions: "none" })
  keep(store, folder, isOwn ? contents : telling(contents, isLowest))
  return contents
}

function readKept(folder: string): LayerContents | undefined {
  try {
    if (!reuse(folder)) return undefined
    const { headers, files } = JSON.parse(readFileSync(join(folder, contentsFile), "utf8")) as Kept
    return { headers, files: new Map(files) }
  } catch {
    return undefined
  }
}

/**
 * Of a layer of a base, what counts. What is known of a file by its content alone is of no use where it tells nothing; and
 * that it is there counts only where it may hide something below.
 */
function telling({ headers, files }: LayerContents, isLowest: boolean): LayerContents {
  const tells = new Map([...files].filter(([, { program, text }]) => program ?? text))
  const linked = new Set(headers.map(({ linkname }) => plainName(linkname ?? "")))
  const counts = ({ name, type }: Header) =>
    !isLowest ||
    tells.has(name) ||
    (type !== "file" && type !== "directory") ||
    linked.has(plainName(name))
  return { headers: headers.filter(counts), files: tells }
}

function plainName(name: string): string {
  return name.replace(/^(?:\.?\/)+/, "")
}

function keep(store: string, folder: string, { headers, files }: LayerContents): void {
  const kept: Kept = { headers: headers.map(plainHeader), files: [...files] }
  try {
    mkdirSync(store, { recursive: true })
    const work = makeWorkFolder(store, "work-")
    try {
      const made = join(work.path, "made")
      mkdirSync(made)
      writeFileSync(join(made, contentsFile), JSON.stringify(kept))
      putInPlace(made, folder)
      removeOldest(store, limits)
    } finally {
      work.remove()
    }
  } catch {
    // It only saves time, and not every folder can be written to.
  }
}

/** As far as a filesystem is made of it. */
function plainHeader({ name, type, mode, uid, gid, size, linkname, pax }: Header): Header {
  return { name, type, mode, uid, gid, size, linkname, pax } as Header
}
