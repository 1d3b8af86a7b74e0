import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { UserError } from "../../src/errors.js"
import type { OciLayout } from "../engine/engine.js"
import type { ImageIndex } from "../image/oci.js"

/** `--base-layout golang:1.25=./golang`: base images that come from a folder, as on a machine without a registry. */
export function readBaseLayouts(texts: readonly string[]): Record<string, OciLayout> {
  return Object.fromEntries(texts.map(readBaseLayout))
}

function readBaseLayout(text: string): [string, OciLayout] {
  const equals = text.indexOf("=")
  const reference = text.slice(0, Math.max(equals, 0))
  const path = resolve(text.slice(equals + 1))
  if (!reference || equals + 1 === text.length) {
    throw new UserError(`not a base image and a folder: ${text}`, {
      hint: "Write --base-layout REFERENCE=FOLDER, e.g. golang:1.25=./golang.",
    })
  }
  return [reference, { path, digest: soleDigest(path) }]
}

function soleDigest(path: string): string {
  let index: Partial<ImageIndex>
  try {
    index = JSON.parse(readFileSync(join(path, "index.json"), "utf8")) as Partial<ImageIndex>
  } catch (error) {
    throw new UserError(`not an OCI image layout: ${path} (${(error as Error).message})`, {
      hint: "Give the folder that has index.json and blobs, as `skopeo copy docker://IMAGE oci:FOLDER` writes it.",
    })
  }
  const [manifest, another] = index.manifests ?? []
  if (!manifest || another) {
    throw new UserError(
      `${index.manifests?.length ?? 0} images in the layout ${path}, expected one`,
    )
  }
  return manifest.digest
}
