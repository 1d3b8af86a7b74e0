import { Archive } from "../image/archive.js"
import { chooseManifest } from "../image/manifest.js"
import { StoredImage } from "../engine/embedded/stored-image.js"
import type { StoredLayers } from "../image/unpack.js"
import { InternalError } from "../../src/errors.js"
import type { Engine, ImageMetadata, Output } from "../engine/engine.js"

/** An image that can be run. */
export interface BuiltImage {
  /** `sha256:…` */
  digest?: string
  /** Where Docker runs it: its name there. Else its layers. */
  image: string | StoredLayers
}

/**
 * Where an image is put that is only run: into Docker's own store where there is a Docker, else into that of our own
 * BuildKit, from which it is read without an archive.
 *
 * @param names `images` are for Docker, `archive` the file that is written where nothing else can be done.
 */
export function outputToRun(engine: Engine, names: { images: string[]; archive: string }): Output {
  if (engine.canLoad) return { type: "load", tags: names.images }
  if (engine.state !== undefined) return { type: "store" }
  return { type: "oci", path: names.archive, tags: [] }
}

/**
 * @param writeArchive Writes the image to an archive, for one of which a part is not there: a layer that a registry has, or
 *   one that was collected as garbage.
 */
export async function openBuilt(
  output: Output,
  metadata: ImageMetadata,
  { engine, writeArchive }: { engine: Engine; writeArchive: () => Promise<string> },
): Promise<BuiltImage> {
  const { "containerimage.digest": digest } = metadata
  if (output.type === "load") return { image: output.tags[0] ?? "", digest }
  if (output.type === "oci") return { image: await openArchive(output.path), digest }
  if (output.type !== "store" || engine.state === undefined || digest === undefined) {
    throw new InternalError(`an image that was written as ${output.type} is not run`)
  }
  const store = StoredImage.open(engine.state, digest)
  const chosen = store && (await chooseManifest(store))
  const isWhole = chosen?.manifest.layers.every((layer) => store?.has(layer))
  return store && chosen && isWhole
    ? { image: { store, ...chosen }, digest }
    : { image: await openArchive(await writeArchive()), digest }
}

export async function openArchive(path: string): Promise<StoredLayers> {
  const store = await Archive.open(path)
  return { store, ...(await chooseManifest(store)) }
}
