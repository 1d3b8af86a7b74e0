import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, statfsSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { cacheFolder } from "../system/folders.js"
import type { FileEntry } from "../image/filesystem.js"
import type { Image } from "../image/image.js"
import { unpackImage } from "../image/unpack.js"
import { keptName, putInPlace, removeOldest, takeIfThere } from "../system/kept-folders.js"
import { makeWorkFolder } from "../system/work-folder.js"
import type { Bundle } from "./bundle.js"

/** A container's root filesystem, in its bundle. */
export interface Rootfs {
  /** Put before a command that is to see it, in a mount namespace of its own. The folder is the bundle's. */
  command: string[]
  /** What a file of the image holds, by its absolute path. */
  read(path: string): string
}

/** What images stand on has thousands of files, and is the same for many; a program's own layers have a few. */
const manyEntries = 100

/** As many are kept, and for a container that runs long, each for some time after its last use. */
const limits = { folders: 4, bytes: 1e9, minutes: 60 }

/**
 * The lower layers of an image are unpacked once, kept in the cache, and shared by all containers that stand on them; a
 * container's own part lies above them. Where the file system cannot do that, all of the image is unpacked.
 */
export async function makeRootfs(image: Image, bundle: Bundle): Promise<Rootfs> {
  const root = bundle.path("rootfs")
  const shared = canOverlay(bundle.folder) ? await sharedLayers(image) : undefined
  if (!shared) {
    await unpackImage(image, root)
    return { command: [], read: (path) => readFileSync(join(root, path), "utf8") }
  }
  const { changed, removed } = difference(shared.files, image.files)
  const upper = bundle.path("upper")
  await unpackImage(image, upper, changed)
  // How overlayfs notes that something is hidden.
  for (const path of removed) execFileSync("mknod", [join(upper, path), "c", "0", "0"])
  for (const folder of [root, bundle.path("work")]) mkdirSync(folder)
  // By a name without characters that mean something in a list of options.
  symlinkSync(shared.folder, bundle.path("lower"))
  return {
    command: ["/bin/sh", "-c", mount, "go-image", bundle.folder, bundle.path("log")],
    read: (path) => readFileSync(join(changed.has(path) ? upper : shared.folder, path), "utf8"),
  }
}

/** Says what went wrong where the runtime would. */
const mount = `
cd "$1" || exit
mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work go-image rootfs || {
  echo '{"level":"error","msg":"its root filesystem cannot be mounted"}' >"$2"
  exit 1
}
shift 2
exec "$@"
`

/** Not on top of another one, as in a container. */
function canOverlay(folder: string): boolean {
  const overlay = 0x794c7630
  return statfsSync(folder).type !== overlay
}

interface SharedLayers {
  folder: string
  files: ReadonlyMap<string, FileEntry>
}

async function sharedLayers(image: Image): Promise<SharedLayers | undefined> {
  const count = image.layers.findLastIndex((_, index) => image.entryCount(index) >= manyEntries) + 1
  if (count === 0) return undefined
  const files = image.filesOf(count)
  const store = join(cacheFolder(), "rootfs")
  const digests = image.layers.slice(0, count).map(({ digest }) => digest)
  const folder = join(store, keptName(digests.join(" ")))
  if (!takeIfThere(folder)) {
    mkdirSync(store, { recursive: true, mode: 0o700 })
    const work = makeWorkFolder(store, "work-")
    try {
      const made = join(work.path, "rootfs")
      await unpackImage(image, made, files)
      putInPlace(made, folder)
    } finally {
      work.remove()
    }
    removeOldest(store, limits)
  }
  return { folder, files }
}

interface Difference {
  /** With the folders above them. */
  changed: Map<string, FileEntry>
  removed: string[]
}

function difference(
  lower: ReadonlyMap<string, FileEntry>,
  all: ReadonlyMap<string, FileEntry>,
): Difference {
  const wanted = new Set<string>()
  const want = (path: string) => {
    for (let each = path; each !== "/" && !wanted.has(each); each = dirname(each)) wanted.add(each)
  }
  for (const [path, entry] of all) if (!isSame(entry, lower.get(path))) want(path)
  const isFolder = (path: string) => path === "/" || all.get(path)?.type === "directory"
  const removed = [...lower.keys()].filter((path) => !all.has(path) && isFolder(dirname(path)))
  for (const path of removed) want(dirname(path))
  const changed = new Map([...all].filter(([path]) => wanted.has(path)))
  return { changed, removed }
}

function isSame(entry: FileEntry, lower: FileEntry | undefined): boolean {
  return lower?.layer === entry.layer && lower.name === entry.name && lower.type === entry.type
}
