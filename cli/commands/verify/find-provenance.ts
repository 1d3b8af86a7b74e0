import { inTotoMediaType, provenanceType } from "../../../src/sbom/documents/provenance.js"
import type { ImageStore } from "../../image/archive.js"
import { isAttestation, predicateKey, referenceKeys } from "../../image/attestations.js"
import type { ChosenManifest } from "../../image/manifest.js"
import { isIndex, type Descriptor, type ImageIndex, type ImageManifest } from "../../image/oci.js"
import { RegistryImage } from "../../image/registry/registry-image.js"
import { definitionOf, type BuildDefinition } from "./provenance.js"

/** More than anybody attaches; a registry is not ours. */
const most = 50

/**
 * What an image was built with, as the provenance says that was attached to it: in its index, or as a referrer of the index or
 * of an image in it. Nobody has signed it, and nobody need have: with other options, the source gives another image.
 *
 * @returns With the digest of the provenance.
 */
export async function findProvenance(
  image: ImageStore,
  manifests: readonly ChosenManifest[],
): Promise<{ definition: BuildDefinition; digest: string } | undefined> {
  const about = digestsOf(image, manifests)
  for await (const attested of attestedBy(image, about)) {
    const { layers } = await image.document<ImageManifest>(attested)
    for (const layer of layers) {
      if (layer.mediaType !== inTotoMediaType) continue
      if ((layer.annotations?.[predicateKey] ?? provenanceType) !== provenanceType) continue
      const definition = definitionOf(await image.document<unknown>(layer), about)
      if (definition) return { definition, digest: attested.digest }
    }
  }
  return undefined
}

/** By which a provenance can name it. */
export function digestsOf(
  image: ImageStore,
  manifests: readonly ChosenManifest[],
): ReadonlySet<string> {
  const all = [...image.index.manifests, ...manifests.map(({ descriptor }) => descriptor)]
  return new Set(all.map(({ digest }) => digest))
}

/** Manifests that are about these, and may be a provenance. */
async function* attestedBy(
  image: ImageStore,
  about: ReadonlySet<string>,
): AsyncGenerator<Descriptor> {
  for (const each of image.index.manifests) {
    if (!isIndex(each)) continue
    const { manifests } = await image.document<ImageIndex>(each)
    for (const found of manifests) {
      if (isAttestation(found) && about.has(found.annotations?.[referenceKeys.digest] ?? ""))
        yield found
    }
  }
  if (!(image instanceof RegistryImage)) return
  for (const digest of about) {
    const listed = (await image.referrers(digest)).filter(mayBeProvenance)
    yield* listed.slice(0, most)
  }
}

/** Some registries list neither annotations nor the type. */
function mayBeProvenance({ artifactType, annotations }: Descriptor): boolean {
  const predicate = annotations?.[predicateKey]
  if (predicate !== undefined) return predicate === provenanceType
  return (
    artifactType === undefined || artifactType === inTotoMediaType || /\.empty\./.test(artifactType)
  )
}
