import { lstatSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { cacheFolder } from "../system/folders.js"
import type { StoredLayers } from "../image/unpack.js"
import { unpackLayer } from "../image/unpack.js"
import {
  cacheFolderName,
  markUsed,
  putInPlace,
  removeOldest,
  reuse,
} from "../system/cache-folders.js"
import { makeWorkFolder } from "../system/work-folder.js"
import type { Bundle } from "./bundle.js"

/** A container's root filesystem, in its bundle. */
export interface Rootfs {
  /** Put before a command that is to see it, in a mount namespace of its own. The folder is the bundle's. */
  command: string[]
  /** What a file of the image holds, by its absolute path; nothing of one that it does not have. */
  read(path: string): string
  /** Tells other runs, from time to time, that what is shared is in use. */
  markUsed(): void
}

/** As much is kept of layers, and for a container that runs long, each for some time after its last use. */
const limits = { folders: 32, bytes: 1e9, minutes: 60 }

/**
 * Each layer is a folder, and overlayfs lays them above one another, with the container's own folder on top. All but the
 * image's last layer are unpacked once, kept in the cache, and shared: the last one is the program, which changes.
 */
export async function makeRootfs(image: StoredLayers, bundle: Bundle): Promise<Rootfs> {
  const store = join(cacheFolder(), "rootfs")
  mkdirSync(store, { recursive: true, mode: 0o700 })
  const folders: string[] = []
  const { layers } = image.manifest
  for (const [index, layer] of layers.entries()) {
    const isLast = index === layers.length - 1
    // What it hides depends on what is below it.
    const name = cacheFolderName(
      layers
        .slice(0, index + 1)
        .map(({ digest }) => digest)
        .join(" "),
    )
    const folder = isLast ? bundle.path("last") : join(store, name)
    if (isLast) await unpackLayer(image.store, layer, folder, folders)
    else if (!reuse(folder)) {
      const work = makeWorkFolder(store, "work-")
      try {
        const made = join(work.path, "layer")
        await unpackLayer(image.store, layer, made, folders)
        putInPlace(made, folder)
      } finally {
        work.remove()
      }
      removeOldest(store, limits)
    }
    folders.push(folder)
  }
  const shared = folders.slice(0, -1)
  for (const name of ["rootfs", "empty", "upper", "work", "memory"]) mkdirSync(bundle.path(name))
  // By names without characters that mean something in a list of options.
  for (const [index, folder] of folders.entries()) symlinkSync(folder, bundle.path(`${index}`))
  const lower = [...folders.keys()].reverse().join(":") || "empty"
  return {
    command: ["/bin/sh", "-c", mount, "go-image", bundle.folder, lower, bundle.path("log")],
    read: (path) => readFile(folders, path),
    markUsed: () => {
      shared.forEach(markUsed)
    },
  }
}

/**
 * What a container writes is in memory where it cannot be on the disk: overlayfs does not lie on another overlayfs, as in a
 * container. Says what went wrong where the runtime would.
 */
const mount = `
cd "$1" || exit
overlay() { mount -t overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" go-image rootfs; }
overlay "$2" . 2>/dev/null ||
  { mount -t tmpfs go-image memory && mkdir memory/upper memory/work && overlay "$2" memory; } || {
  echo '{"level":"error","msg":"its root filesystem cannot be mounted"}' >"$3"
  exit 1
}
shift 3
exec "$@"
`

/** From the highest layer that has it. Through no link: one could lead to a file of this machine. */
function readFile(folders: readonly string[], path: string): string {
  for (const folder of [...folders].reverse()) {
    const file = join(folder, path)
    const above = lstatSync(dirname(file), { throwIfNoEntry: false })
    if (above && !above.isDirectory()) return ""
    const stat = above && lstatSync(file, { throwIfNoEntry: false })
    if (!stat) continue
    const isInside = realpathSync(file) === join(realpathSync(folder), path)
    return stat.isFile() && isInside ? readFileSync(file, "utf8") : ""
  }
  return ""
}
