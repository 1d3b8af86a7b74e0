import { createHash } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { removeUnreachable, writeArchive } from "../image/layout.js"
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
  const kept = join(store, createHash("sha256").update(project).digest("hex").slice(0, 16))
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
      const now = new Date()
      utimesSync(layout, now, now)
      putBack(layout, kept)
      removeOldest(store)
    },
    discard: () => {
      if (reusable) putBack(layout, kept)
      reusable = false
      remove()
    },
  }
}

/** Unless a build of the same project at the same time has put its own there. */
function putBack(layout: string, kept: string): void {
  try {
    renameSync(layout, kept)
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException
    if (!["ENOTEMPTY", "EEXIST"].includes(code)) throw error
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

function removeOldest(store: string): void {
  const layouts = readdirSync(store)
    .map((name) => join(store, name))
    .filter((path) => /\/[0-9a-f]{16}$/.test(path) && existsSync(path))
    .map((path) => ({ path, time: statSync(path).mtimeMs }))
    .sort((a, b) => b.time - a.time)
  for (const { path } of layouts.slice(most)) rmSync(path, { recursive: true, force: true })
}
