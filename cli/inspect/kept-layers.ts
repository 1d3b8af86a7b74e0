import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Header } from "tar-stream"
import { cacheFolder } from "../engine/folders.js"
import { keptName, putInPlace, removeOldest, takeIfThere } from "../kept-folders.js"
import { makeWorkFolder } from "../work-folder.js"
import { readLayer, type LayerContents, type ReadFile, type ReadLayer } from "./layer-contents.js"

/** Of this format of what is kept; it changes when what is read of a layer does. */
const version = 1

/** Of a large base, a layer's is some megabytes. */
const limits = { folders: 40, bytes: 100e6 }

const contentsFile = "contents.json"

interface Kept {
  headers: Header[]
  files: [string, ReadFile][]
}

/**
 * Reads a layer of a base once, and keeps what was in it: most of an image is its base, which stays the same from one build to
 * the next. Layers of our own are new in each, and are read.
 */
export const readKeptLayer: ReadLayer = async (image, layer, { isOwn }) => {
  const read = () => readLayer(image, layer, { isOwn, withSizes: false })
  if (isOwn) return read()
  const store = join(cacheFolder(), "layers")
  const folder = join(store, keptName(`${layer.digest} ${version}`))
  const kept = readKept(folder)
  if (kept) return kept
  const contents = await read()
  keep(store, folder, contents)
  return contents
}

function readKept(folder: string): LayerContents | undefined {
  try {
    if (!takeIfThere(folder)) return undefined
    const { headers, files } = JSON.parse(readFileSync(join(folder, contentsFile), "utf8")) as Kept
    return { headers, files: new Map(files) }
  } catch {
    return undefined
  }
}

function keep(store: string, folder: string, { headers, files }: LayerContents): void {
  // What is known of a file by its content alone is of no use where it tells nothing.
  const telling = [...files].filter(([, { program, text }]) => program ?? text)
  const kept: Kept = { headers: headers.map(plainHeader), files: telling }
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
