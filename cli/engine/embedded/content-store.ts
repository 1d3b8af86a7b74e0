import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { blobName, blobsOf, layoutVersion } from "../../image/layout.js"
import type { Descriptor, ImageIndex } from "../../image/oci.js"
import { parseReference } from "../../../src/reference.js"

/*
 * The blobs of all images of a BuildKit whose state is on this disk. What it exports goes through its session instead, at
 * some 30 MB a second.
 */

/** Absolute paths. */
interface Places {
  /** BuildKit's state folder. */
  state: string
  /** The image layout that is made. */
  layout: string
}

/**
 * Makes an image layout of an image that BuildKit has built, or adds what one of an earlier image lacks.
 *
 * @returns Whether all of the image was there; BuildKit may have collected a part of it as garbage.
 */
export function linkImage(
  image: Descriptor,
  tags: readonly string[],
  { state, layout }: Places,
): boolean {
  const store = findStore(state, image.digest)
  if (store === undefined) return false
  try {
    for (const { digest } of blobsOf(store, [image])) {
      place(join(store, blobName(digest)), join(layout, blobName(digest)))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false
    throw error
  }
  writeFileSync(join(layout, "oci-layout"), layoutVersion)
  writeFileSync(join(layout, "index.json"), JSON.stringify(imageIndex(image, tags)))
  return true
}

/** There is one for each kind of snapshots, such as `runc-overlayfs/content`. */
export function findStore(state: string, digest: string): string | undefined {
  return readdirSync(state)
    .filter((name) => name.startsWith("runc-"))
    .map((name) => join(state, name, "content"))
    .find((store) => existsSync(join(store, blobName(digest))))
}

function place(blob: string, destination: string): void {
  if (existsSync(destination)) return
  mkdirSync(dirname(destination), { recursive: true })
  try {
    linkSync(blob, destination)
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException
    if (!["EXDEV", "EPERM", "EMLINK"].includes(code)) throw error
    copyFileSync(blob, `${destination}.part`)
    renameSync(`${destination}.part`, destination)
  }
}

/** As BuildKit writes it, but without the time: programs that load the archive take the names from here. */
function imageIndex(image: Descriptor, tags: readonly string[]): ImageIndex {
  const names = tags.map((text) => {
    const { registry, repository, tag = "latest" } = parseReference(text)
    return {
      "io.containerd.image.name": `${registry}/${repository}:${tag}`,
      "org.opencontainers.image.ref.name": tag,
    }
  })
  const unnamed = { "org.opencontainers.image.ref.name": "latest" }
  return {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: (names.length > 0 ? names : [unnamed]).map((annotations) => ({
      ...image,
      annotations,
    })),
  }
}
