import { mkdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ArchiveWriter, writeArchive } from "../image/archive-writer.js"
import { layersOf, removeUnreachable } from "../image/layout.js"
import type { Descriptor } from "../image/oci.js"
import { cacheFolderName, putInPlace, removeOldest } from "../system/cache-folders.js"
import { makeWorkFolder } from "../system/work-folder.js"
import { cacheFolder } from "../system/folders.js"

/** Images of as many projects are kept. */
const limits = { folders: 16, bytes: 1e9 }

/**
 * The last image of a project, as an image layout. An engine that writes into one sends only what is not there yet: after
 * an edit the program's layer, while an archive would be sent whole, base image and all.
 */
export interface CachedLayout {
  /** The layout is in it, under the name `layout`. */
  folder: string
  /** Begins the archive with what the last image began with, while the engine builds. */
  begin(): void
  /** Writes the image as an archive, and keeps it for the next build. */
  commit(): Promise<void>
  /** Cleans up. After a build that failed, what was there before is there again. */
  discard(): Promise<void>
}

/**
 * Two builds of one project at the same time do not share: the second one starts with nothing.
 *
 * @param archive File that is to be written.
 */
export function openLayout(project: string, archive: string): CachedLayout {
  const store = makeStore()
  if (store === undefined) return temporaryLayout(archive)
  const kept = join(store, cacheFolderName(project))
  const { path: folder, remove } = makeWorkFolder(store, "work-")
  const layout = join(folder, "layout")
  let reusable = false
  try {
    renameSync(kept, layout)
    reusable = true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
  }
  const layers = earlierLayers(layout)
  // Or the new image would be listed beside the old one.
  rmSync(join(layout, "index.json"), { force: true })
  let begun: Promise<ArchiveWriter | undefined> | undefined
  return {
    folder,
    begin: () => {
      begun = beginArchive(layout, archive, layers)
    },
    commit: async () => {
      reusable = false
      const writer = await begun
      if (writer) await writer.finish()
      else await writeArchive(layout, archive)
      removeUnreachable(layout)
      putInPlace(layout, kept)
      removeOldest(store, limits)
    },
    discard: async () => {
      await (await begun)?.close()
      if (reusable) putInPlace(layout, kept)
      reusable = false
      remove()
    },
  }
}

/** None of a layout that is not there, or damaged. */
function earlierLayers(layout: string): Descriptor[] {
  try {
    return layersOf(layout)
  } catch {
    return []
  }
}

/** Undefined where that cannot be done; the archive is then written when the image is there. */
async function beginArchive(
  layout: string,
  archive: string,
  layers: readonly Descriptor[],
): Promise<ArchiveWriter | undefined> {
  let writer: ArchiveWriter | undefined
  try {
    writer = await ArchiveWriter.create(layout, archive)
    await writer.begin(layers)
    return writer
  } catch {
    await writer?.close()
    return undefined
  }
}

/** Where the cache cannot be written to. */
function temporaryLayout(archive: string): CachedLayout {
  const { path: folder, remove } = makeWorkFolder(tmpdir(), "go-image-")
  return {
    folder,
    begin: () => undefined,
    commit: () => writeArchive(join(folder, "layout"), archive),
    discard: () => {
      remove()
      return Promise.resolve()
    },
  }
}

function makeStore(): string | undefined {
  const store = join(cacheFolder(), "layouts")
  try {
    mkdirSync(store, { recursive: true })
    return store
  } catch {
    return undefined
  }
}
