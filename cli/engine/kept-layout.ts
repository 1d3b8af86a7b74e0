import { mkdirSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { removeUnreachable, writeArchive } from "../image/layout.js"
import { keptName, putInPlace, removeOldest } from "../kept-folders.js"
import { makeWorkFolder } from "../work-folder.js"
import { cacheFolder } from "./folders.js"

/** Images of as many projects are kept. */
const most = 16

/**
 * The last image of a project, as an image layout. An engine that writes into one sends only what is not there yet: after
 * an edit the program's layer, while an archive would be sent whole, base image and all.
 */
export interface KeptLayout {
  /** The layout is in it, under the name `layout`. */
  folder: string
  /** Writes the image as an archive, and keeps it for the next build. */
  commit(archive: string): Promise<void>
  /** Cleans up. After a build that failed, what was there before is there again. */
  discard(): void
}

/** Two builds of one project at the same time do not share: the second one starts with nothing. */
export function takeLayout(project: string): KeptLayout {
  const store = makeStore()
  if (store === undefined) return temporaryLayout()
  const kept = join(store, keptName(project))
  const { path: folder, remove } = makeWorkFolder(store, "work-")
  const layout = join(folder, "layout")
  let reusable = false
  try {
    renameSync(kept, layout)
    reusable = true
    // Or the new image would be listed beside the old one.
    rmSync(join(layout, "index.json"), { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error
  }
  return {
    folder,
    commit: async (archive) => {
      reusable = false
      await writeArchive(layout, archive)
      removeUnreachable(layout)
      putInPlace(layout, kept)
      removeOldest(store, most)
    },
    discard: () => {
      if (reusable) putInPlace(layout, kept)
      reusable = false
      remove()
    },
  }
}

/** Where the cache cannot be written to. */
function temporaryLayout(): KeptLayout {
  const { path: folder, remove } = makeWorkFolder(tmpdir(), "go-image-")
  return {
    folder,
    commit: (archive) => writeArchive(join(folder, "layout"), archive),
    discard: remove,
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
