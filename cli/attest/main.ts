import type { SbomFacts } from "../../src/sbom/facts.js"
import type { SbomFormat } from "../../src/sbom/format-of.js"
import { sbomDocument, sbomMediaTypes } from "../../src/sbom/formats.js"
import {
  inTotoMediaType,
  provenanceStatement,
  provenanceType,
  type BuildFacts,
} from "../../src/sbom/provenance.js"
import { ofOneImage, sbomPredicateTypes, sbomStatement } from "./statements.js"
import { parseReference, repositoryName } from "../../src/reference.js"
import { Archive } from "../image/archive.js"
import { predicateKey } from "../image/attestations.js"
import { allManifests } from "../image/manifest.js"
import type { Descriptor } from "../image/oci.js"
import type { Credentials } from "../image/docker-credentials.js"
import { RegistryClient } from "../image/registry-client.js"
import { RegistryImage } from "../image/registry-image.js"
import { StoredImage } from "../image/stored-image.js"
import { readSbomFacts } from "../inspect/sbom-facts.js"
import { attach, type Document } from "./attach.js"
import { pushAttestedIndex } from "./attest-index.js"

/*
 * What is said about an image besides what it says itself. A bundle of its own, which a build loads only where it is asked
 * for: what reads images and talks to registries would make each build start later.
 */

/** Of an archive. */
export async function factsOfArchive(path: string, name: string | undefined): Promise<SbomFacts> {
  return readSbomFacts(await Archive.open(path), { name })
}

/** @param reference With its digest. */
export async function factsOfPushed(reference: string, signal: AbortSignal): Promise<SbomFacts> {
  return readSbomFacts(await RegistryImage.open(reference, signal), {})
}

/** Of one that BuildKit has made, whose state is in a folder of this machine; undefined where not all of it is there. */
export async function factsOfStored(state: string, digest: string): Promise<SbomFacts | undefined> {
  const image = StoredImage.open(state, digest)
  return image && readSbomFacts(image, {}).catch(() => undefined)
}

/** Under the name that a registry has it by. */
export function namedFacts(facts: SbomFacts, reference: string): SbomFacts {
  const name = repositoryName(parseReference(reference))
  return { ...facts, name, repository: name }
}

export { provenanceStatement, sbomDocument }

export interface AttachOptions {
  build: BuildFacts
  format: SbomFormat
  /** As referrers, in the index of the image, or in both ways. */
  asReferrers: boolean
  inIndex: boolean
  /** Of the image, in that repository. */
  tags: readonly string[]
  signal?: AbortSignal
  /** Instead of those of `docker login`. */
  credentials?: Credentials
}

/**
 * Attaches SBOM and provenance to an image that was pushed.
 *
 * @param reference With its digest.
 * @returns What its tags lead to then, where that is no longer the same.
 */
export async function attachDocuments(
  reference: string,
  facts: SbomFacts,
  options: AttachOptions,
): Promise<Descriptor | undefined> {
  const { signal, credentials } = options
  const client = new RegistryClient(parseReference(reference), "pull,push", signal, credentials)
  const image = await RegistryImage.open(reference, signal, credentials)
  const index = options.inIndex ? await intoIndex(client, image, facts, options) : undefined
  const [whole] = index ? [index] : image.index.manifests
  if (!options.asReferrers || !whole) return index
  const named = namedFacts({ ...facts, digest: whole.digest }, reference)
  await attachReferrers(client, image, { whole, facts: named }, options)
  return index
}

/**
 * An SBOM to each image, and the provenance to what the tag leads to: that is the index where there is one, and the image
 * of a platform is found from there.
 */
async function attachReferrers(
  client: RegistryClient,
  image: RegistryImage,
  { whole, facts }: { whole: Descriptor; facts: SbomFacts },
  { build, format }: AttachOptions,
): Promise<void> {
  const sbom = (about: SbomFacts): Document => ({
    mediaType: sbomMediaTypes[format],
    content: sbomDocument(about, format),
  })
  const provenance: Document = {
    mediaType: inTotoMediaType,
    content: provenanceStatement(facts, build),
    annotations: { [predicateKey]: provenanceType },
  }
  const others = facts.images.filter(({ digest }) => digest !== whole.digest)
  await Promise.all([
    attach(client, whole, [sbom(facts), provenance]),
    ...others.map(async (each) =>
      attach(client, await image.describe(each.digest), [sbom(ofOneImage(facts, each))]),
    ),
  ])
}

/** By no registry's name, so that the index is the same in each. */
async function intoIndex(
  client: RegistryClient,
  image: RegistryImage,
  facts: SbomFacts,
  { build, format, tags }: AttachOptions,
): Promise<Descriptor> {
  const found = await allManifests(image)
  const attested = found.map(({ descriptor, config }) => {
    const about = facts.images.find(({ digest }) => digest === descriptor.digest)
    const one = about ? ofOneImage(facts, about) : facts
    const { os, architecture, variant } = config
    const { mediaType, digest, size, annotations } = descriptor
    return {
      descriptor: { mediaType, digest, size, ...(annotations && { annotations }) },
      platform: { architecture, os, ...(variant !== undefined && { variant }) },
      statements: [
        { predicateType: sbomPredicateTypes[format], content: sbomStatement(one, format) },
        { predicateType: provenanceType, content: provenanceStatement(one, build) },
      ],
    }
  })
  const [first] = found
  return pushAttestedIndex(client, attested, { annotations: first?.manifest.annotations, tags })
}
