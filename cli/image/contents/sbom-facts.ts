import type { ImageFacts, SbomFacts } from "../../../src/sbom/facts.js"
import type { ImageStore } from "../archive.js"
import { allManifests } from "../manifest.js"
import { RegistryImage } from "../registry/registry-image.js"
import { parseReference, repositoryName } from "../../../src/reference.js"
import { readManifest, type Contents } from "./contents.js"
import { readKeptLayer } from "./kept-layers.js"

/** As it is known to others. */
export interface ImageName {
  /** For people. */
  name?: string
  /** Where it is in a registry. */
  repository?: string
}

/** Of an archive, what it says itself counts. */
export function imageName(image: ImageStore): ImageName {
  if (!(image instanceof RegistryImage)) return {}
  const name = repositoryName(parseReference(image.path))
  return { name, repository: name }
}

/**
 * All that an SBOM of an image says: nothing of it is from elsewhere, so that it is the same whoever makes it, and when.
 *
 * @param ownLayers How many are not of the base; by default, its history says it.
 */
export async function readSbomFacts(
  image: ImageStore,
  { name, repository }: ImageName,
  ownLayers?: number,
): Promise<SbomFacts> {
  const images: Contents[] = []
  for (const each of await allManifests(image))
    images.push(await readManifest(image, each, readKeptLayer, ownLayers))
  const [first] = images
  const label = (key: string) => first?.labels[`org.opencontainers.image.${key}`]
  const [whole, another] = image.index.manifests
  // An index of the image itself, or the only one that an archive has.
  const digest = whole && !another ? whole.digest : (first?.digest ?? "")
  return {
    name: name ?? label("title") ?? "image",
    ...(repository !== undefined && { repository }),
    digest,
    version: label("version"),
    license: label("licenses"),
    created: seconds(label("created") ?? first?.created),
    images: images.map(factsOf),
  }
}

/** Without fractions, as both formats have it. */
function seconds(time: string | undefined): string {
  const date = new Date(time ?? 0)
  const valid = Number.isNaN(date.getTime()) ? new Date(0) : date
  return valid.toISOString().replace(/\.\d+Z$/, "Z")
}

/** Zone data is a package by itself. */
const zones = "/usr/share/zoneinfo/"

function factsOf({
  platform,
  digest,
  programs,
  system,
  files,
  firstOwnLayer,
}: Contents): ImageFacts {
  const sums = (path: string) => {
    const { sum = "", sha1 = "" } = files.get(path) ?? {}
    return { sha256: sum.replace("sha256:", ""), sha1 }
  }
  const isProgram = new Set(programs.map(({ file }) => file))
  const own = [...files].filter(
    ([path, { type, layer }]) =>
      type === "file" && layer >= firstOwnLayer && !isProgram.has(path) && !path.startsWith(zones),
  )
  return {
    ...system,
    platform,
    digest,
    programs: programs.map((program) => ({ ...program, ...sums(program.file) })),
    files: own.map(([file]) => ({ file, ...sums(file) })),
  }
}
