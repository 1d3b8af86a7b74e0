import { contentOf } from "../../../../src/explain/command-text.js"
import type { Plan } from "../../../../src/plan/types.js"
import type { ImageMetadata, Output } from "../../../engine/engine.js"
import { Archive, type ImageStore } from "../../../image/archive.js"
import { chooseManifest, type ChosenManifest } from "../../../image/manifest.js"
import { RegistryImage } from "../../../image/registry/registry-image.js"
import { StoredImage } from "../../../engine/embedded/stored-image.js"
import { readLayer } from "../../../image/contents/layer-contents.js"
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

interface Delivered {
  layers?: SummaryLayer[]
  /** That the program says it was built with; read where the plan only says "the newest". */
  goVersion?: string
}

/** Of an image as it was delivered; nothing where it cannot be read from here, such as Docker's store. */
export async function readDelivered(
  output: Output,
  metadata: ImageMetadata,
  plan: Plan,
  state: string | undefined,
): Promise<Delivered> {
  try {
    const store = await openOutput(output, metadata, state)
    if (!store) return {}
    const chosen = await chooseManifest(store, plan.platform)
    const layers = layersOf(chosen, baseOf(plan))
    return { layers, ...(isNewest(plan) && (await goVersionOf(store, chosen, layers))) }
  } catch {
    // The image is where it was to go; what it weighs is not worth a failure.
    return {}
  }
}

function isNewest({ decisions }: Plan): boolean {
  return decisions.some(({ what, value }) => what === "Go version" && !value.includes("."))
}

async function goVersionOf(
  store: ImageStore,
  { manifest }: ChosenManifest,
  layers: readonly SummaryLayer[],
): Promise<Pick<Delivered, "goVersion">> {
  const fromEnd = layers.length - layers.findIndex(({ what }) => what === "programs")
  const layer = manifest.layers.at(-fromEnd)
  if (layer === undefined || fromEnd > layers.length) return {}
  const { files } = await readLayer(store, layer, { isOwn: true, functions: "none" })
  const [found] = [...files.values()].flatMap(({ program }) => program?.goVersion ?? [])
  return found === undefined ? {} : { goVersion: found.replace(/^go/, "") }
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
