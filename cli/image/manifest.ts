import { UserError } from "../../src/errors.js"
import type { ImageStore } from "./archive.js"
import { isAttestation } from "./attestations.js"
import {
  formatPlatform,
  isIndex,
  type Descriptor,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
  type Platform,
} from "./oci.js"

export interface ChosenManifest {
  descriptor: Descriptor
  manifest: ImageManifest
  config: ImageConfig
}

/**
 * Finds the image of a platform (`linux/arm64`). Without one asked for, an archive's only image is taken, and of
 * several the one that runs on this machine.
 */
export async function chooseManifest(
  archive: ImageStore,
  platform?: string,
): Promise<ChosenManifest> {
  const all = await allManifests(archive)
  if (!platform && all.length === 1) return all[0]!

  const wanted = platform ?? hostPlatform()
  const chosen = all.find(({ config }) => matches(config, wanted))
  if (chosen) return chosen
  throw new UserError(`${archive.path} has no image for ${wanted}`, {
    hint: `It has: ${all.map(({ config }) => formatPlatform(config)).join(", ")}`,
  })
}

/** One for each platform. */
export async function allManifests(archive: ImageStore): Promise<ChosenManifest[]> {
  const found: ChosenManifest[] = []
  for (const descriptor of await allImages(archive)) {
    const manifest = await archive.document<ImageManifest>(descriptor)
    const config = await archive.document<ImageConfig>(manifest.config)
    found.push({ descriptor, manifest, config })
  }
  return found
}

/** The same, of which no more is read than where they are. */
export async function allImages(archive: ImageStore): Promise<Descriptor[]> {
  const found = new Map<string, Descriptor>()
  for await (const candidate of images(archive, archive.index)) {
    found.set(candidate.digest, candidate)
  }
  if (found.size === 0) throw new UserError(`${archive.path} holds no image`)
  return [...found.values()]
}

async function* images(archive: ImageStore, index: ImageIndex): AsyncGenerator<Descriptor> {
  for (const descriptor of index.manifests) {
    if (isAttestation(descriptor)) continue
    if (isIndex(descriptor)) {
      yield* images(archive, await archive.document<ImageIndex>(descriptor))
    } else yield descriptor
  }
}

function matches(actual: Platform, wanted: string): boolean {
  const [os, architecture, variant] = wanted.split("/")
  return (
    actual.os === os &&
    actual.architecture === architecture &&
    (variant === undefined || actual.variant === variant)
  )
}

export function hostPlatform(architecture: string = process.arch): string {
  const names: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" }
  return `linux/${names[architecture] ?? architecture}`
}
