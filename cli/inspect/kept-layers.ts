import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Header } from "tar-stream"
import { writeAtomically } from "../engine/atomic.js"
import { cacheFolder } from "../engine/folders.js"
import { readLayer, type LayerContents, type ReadFile, type ReadLayer } from "./layer-contents.js"

/** Of this format of what is kept; it changes when what is read of a layer does. */
const version = 1

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
  const [algorithm = "", hex = ""] = layer.digest.split(":")
  if (isOwn || !/^[0-9a-f]+$/.test(hex)) return read()
  const file = join(cacheFolder(), "layers", `${algorithm}-${hex}.${version}.json`)
  const kept = readKept(file)
  if (kept) return kept
  const contents = await read()
  keep(file, contents)
  return contents
}

function readKept(file: string): LayerContents | undefined {
  try {
    const { headers, files } = JSON.parse(readFileSync(file, "utf8")) as Kept
    return { headers, files: new Map(files) }
  } catch {
    return undefined
  }
}

function keep(file: string, { headers, files }: LayerContents): void {
  // What is known of a file by its content alone is of no use where it tells nothing.
  const telling = [...files].filter(([, { program, text }]) => program ?? text)
  const kept: Kept = { headers: headers.map(plainHeader), files: telling }
  try {
    mkdirSync(join(file, ".."), { recursive: true })
    writeAtomically(file, JSON.stringify(kept))
  } catch {
    // It only saves time, and not every folder can be written to.
  }
}

/** As far as a filesystem is made of it. */
function plainHeader({ name, type, mode, uid, gid, size, linkname, pax }: Header): Header {
  return { name, type, mode, uid, gid, size, linkname, pax } as Header
}
