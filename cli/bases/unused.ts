import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

interface Document {
  /** Of an index. */
  manifests?: { digest: string }[]
  /** Of a manifest. */
  config?: { digest: string }
  layers?: { digest: string }[]
}

/** Removes the blobs of a layout that none of these images has. */
export function removeUnusedBlobs(layout: string, images: readonly string[]): void {
  const blobs = join(layout, "blobs/sha256")
  const used = new Set<string>()
  const visit = (digest: string) => {
    const hex = digest.replace("sha256:", "")
    if (used.has(hex)) return
    used.add(hex)
    const { manifests = [], config, layers = [] } = read(join(blobs, hex))
    for (const each of manifests) visit(each.digest)
    for (const each of config ? [config, ...layers] : layers) {
      used.add(each.digest.replace("sha256:", ""))
    }
  }
  for (const digest of images) visit(digest)
  for (const hex of readdirSync(blobs)) if (!used.has(hex)) rmSync(join(blobs, hex))
}

/** An image that is not whole is no reason to keep others. */
function read(path: string): Document {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Document
  } catch {
    return {}
  }
}
