import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { UserError } from "../../src/errors.js"
import type { CacheLocation } from "./cache-location.js"
import type { Descriptor, ImageIndex } from "../image/oci.js"

const nameAnnotation = "org.opencontainers.image.ref.name"

/** BuildKit's client refuses a build whose cache is in a folder that does not have it, as at the first one. */
export function isThere(location: CacheLocation): boolean {
  return location.type !== "local" || whyNotThere(location) === undefined
}

/** Of a cache in a folder; undefined where it is there. */
export function whyNotThere({ attributes }: CacheLocation): string | undefined {
  const { src = "", tag = "latest" } = attributes
  const index = join(src, "index.json")
  if (!existsSync(index)) return "it does not exist"
  let names: (string | undefined)[]
  try {
    names = readIndex(index).manifests.map(({ annotations }) => annotations?.[nameAnnotation])
  } catch {
    return "its index.json is damaged; remove the folder"
  }
  return names.includes(tag) ? undefined : `it has no cache with the name ${tag}`
}

/** Before anything is built. */
export function checkLocalCache({ type, attributes: { dest = "" } }: CacheLocation): void {
  if (type !== "local" || (statSync(dest, { throwIfNoEntry: false })?.isDirectory() ?? true)) return
  throw new UserError(`a file, where a folder is expected: ${dest} (--cache-to)`)
}

/**
 * Removes what no name of a cache in a folder leads to: BuildKit only adds to one, so that each edit would leave its layers.
 * https://github.com/moby/buildkit/issues/1896
 */
export function pruneLocalCache({ attributes: { dest: folder = "" } }: CacheLocation): void {
  const blobs = join(folder, "blobs", "sha256")
  const reached = new Set<string>()
  const { manifests } = readIndex(join(folder, "index.json"))
  for (const each of manifests) reach(each, blobs, reached)
  for (const name of readdirSync(blobs)) {
    if (!reached.has(name)) rmSync(join(blobs, name))
  }
}

/** Of an index, what it lists; that of a cache lists its layers, too. */
function reach({ digest, mediaType }: Descriptor, blobs: string, reached: Set<string>): void {
  const name = digest.slice("sha256:".length)
  if (reached.has(name)) return
  reached.add(name)
  if (!/\.(index|manifest)\.(v1|list)/.test(mediaType)) return
  const { manifests = [], layers = [], config } = readIndex(join(blobs, name))
  for (const each of [...manifests, ...layers, ...(config ? [config] : [])]) {
    reach(each, blobs, reached)
  }
}

function readIndex(file: string) {
  return JSON.parse(readFileSync(file, "utf8")) as ImageIndex & {
    layers?: Descriptor[]
    config?: Descriptor
  }
}
