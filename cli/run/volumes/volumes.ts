import { join, posix } from "node:path"
import type { RunConfig } from "../../image/oci.js"
import { cacheFolderName } from "../../system/cache-folders.js"
import type { Bundle } from "../bundle.js"

/** What an image declares as a volume, in a folder of this machine that outlives the container. */
export interface Volume {
  /** In the container. */
  path: string
  folder: string
}

/** Paths that an image declares as volumes; one that is inside of another comes after it. */
export function volumePaths({ Volumes }: Pick<RunConfig, "Volumes">): string[] {
  const paths = Object.keys(Volumes ?? {}).map((path) =>
    posix.join("/", path).replace(/(.)\/$/, "$1"),
  )
  return [...new Set(paths)].filter((path) => path !== "/").sort()
}

/** @param folder Where their folders are, each under a name of its path. */
export function volumesIn(folder: string, config: Pick<RunConfig, "Volumes">): Volume[] {
  return volumePaths(config).map((path) => ({ path, folder: join(folder, cacheFolderName(path)) }))
}

/**
 * Put before a command, when the root filesystem is mounted: a volume that is new gets what the image has at its path, with
 * its owner and mode, as container engines do it.
 */
export function fillVolumes(bundle: Bundle, volumes: readonly Volume[]): string[] {
  if (volumes.length === 0) return []
  const pairs = volumes.flatMap(({ path, folder }) => [path, folder])
  return ["/bin/sh", "-c", fill, "go-image", bundle.folder, bundle.path("log"), ...pairs, "--"]
}

/** A link of the image could lead to a folder of this machine: from there, nothing is copied. */
const fill = `
cd "$1" || exit
root=$(pwd -P)/rootfs log=$2
shift 2
while [ "$1" != -- ]; do
  path=$1 folder=$2
  shift 2
  [ -e "$folder" ] && continue
  from=$(realpath "rootfs$path" 2>/dev/null)
  case $from in "$root"/*) [ -d "$from" ] || from= ;; *) from= ;; esac
  mkdir -p "\${folder%/*}" && rm -rf "$folder.new" &&
    if [ "$from" ]; then cp -a "$from" "$folder.new"; else mkdir "$folder.new"; fi &&
    mv "$folder.new" "$folder" || {
    echo '{"level":"error","msg":"its volumes cannot be filled"}' >"$log"
    exit 1
  }
done
shift
exec "$@"
`
