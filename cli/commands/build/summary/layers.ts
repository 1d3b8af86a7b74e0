import { contentOf } from "../../../../src/explain/command-text.js"
import type { Plan } from "../../../../src/plan/types.js"
import type { ImageMetadata, Output } from "../../../engine/engine.js"
import { Archive, type ImageStore } from "../../../image/archive.js"
import { chooseManifest, type ChosenManifest } from "../../../image/manifest.js"
import { RegistryImage } from "../../../image/registry/registry-image.js"
import { StoredImage } from "../../../engine/embedded/stored-image.js"
import { findOwnLayer, layerOrigins } from "../../../image/contents/own-layers.js"
import { readable } from "../../explain/explanation.js"

export interface SummaryLayer {
  /** The base's name, `programs` and the like. */
  what: string
  /** Compressed, as it is stored and pulled, in bytes. */
  size: number
  /** How many layers that is. */
  layers: number
}

/** Layers of an image as it was delivered; undefined where it cannot be read from here, such as Docker's store. */
export async function readLayers(
  output: Output,
  metadata: ImageMetadata,
  plan: Plan,
  state: string | undefined,
): Promise<SummaryLayer[] | undefined> {
  try {
    const store = await openOutput(output, metadata, state)
    return store && layersOf(await chooseManifest(store, plan.platform), baseOf(plan))
  } catch {
    // The image is where it was to go; what it weighs is not worth a failure.
    return undefined
  }
}

async function openOutput(
  output: Output,
  metadata: ImageMetadata,
  state: string | undefined,
): Promise<ImageStore | undefined> {
  const digest = metadata["containerimage.digest"]
  const stored =
    state === undefined || digest === undefined ? undefined : StoredImage.open(state, digest)
  if (stored) return stored
  const name = readable(output, metadata)
  if (name === undefined) return undefined
  return output.type === "oci" ? Archive.open(name) : RegistryImage.open(name)
}

/** Those of the base as one; each of ours by what is in it. */
export function layersOf({ manifest, config }: ChosenManifest, base: string): SummaryLayer[] {
  const { layers } = manifest
  const history = (config.history ?? []).filter((each) => !each.empty_layer)
  const firstOwn = findOwnLayer(config) ?? (base === "scratch" ? 0 : layers.length)
  const createdBy = layers.map((_, i) => history[i]?.created_by)
  const own = layerOrigins(createdBy, firstOwn).filter((origin) => origin === "base").length
  const size = layers.slice(0, own).reduce((sum, layer) => sum + layer.size, 0)
  return [
    ...(own > 0 ? [{ what: base, size, layers: own }] : []),
    ...layers.slice(own).map((layer, i) => ({
      what: nameOf(createdBy[own + i] ?? ""),
      size: layer.size,
      layers: 1,
    })),
  ]
}

function nameOf(createdBy: string): string {
  return contentOf(createdBy) ?? createdBy.replace(/ # buildkit$/, "").slice(0, 40)
}

/** What the image's stage comes from. */
export function baseOf({ stages }: Plan): string {
  let base = stages.at(-1)?.from
  while (base !== undefined && "stage" in base) {
    const { stage } = base
    base = stages.find(({ name }) => name === stage)?.from
  }
  return base !== undefined && "image" in base ? base.image : "scratch"
}
