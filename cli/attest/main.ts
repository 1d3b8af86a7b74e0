import type { SbomFacts } from "../../src/sbom/facts.js"
import type { SbomFormat } from "../../src/sbom/documents/format-of.js"
import { sbomDocument, sbomMediaTypes } from "../../src/sbom/documents/formats.js"
import {
  inTotoMediaType,
  provenanceStatement,
  provenanceType,
  type BuildFacts,
} from "../../src/sbom/documents/provenance.js"
import { ofOneImage, sbomPredicateTypes, sbomStatement } from "./statements.js"
import { parseReference, repositoryName } from "../../src/reference.js"
import { Archive, type ImageStore } from "../image/archive.js"
import { predicateKey } from "../image/attestations.js"
import { allImages, allManifests } from "../image/manifest.js"
import type { Descriptor } from "../image/oci.js"
import type { Credentials } from "../image/registry/docker-credentials.js"
import { RegistryClient } from "../image/registry/registry-client.js"
import { RegistryImage } from "../image/registry/registry-image.js"
import { StoredImage } from "../engine/embedded/stored-image.js"
import { readSbomFacts } from "../image/contents/sbom-facts.js"
import { prepareReferrers, type Document } from "./attach.js"
import { prepareIndex } from "./attest-index.js"

/*
 * What is said about an image besides what it says itself. A bundle of its own, which a build loads only where it is asked
 * for: what reads images and talks to registries would make each build start later.
 */

/** Of an archive. */
export async function factsOfArchive(path: string, name: string | undefined): Promise<SbomFacts> {
  return readSbomFacts(await Archive.open(path), { name })
}

/** An image, and what is said about it. */
export interface Described {
  image: ImageStore
  facts: SbomFacts
}

/** @param reference With its digest. */
export async function describePushed(reference: string, signal: AbortSignal): Promise<Described> {
  const image = await RegistryImage.open(reference, signal)
  return { image, facts: await readSbomFacts(image, {}) }
}

/** Of one that BuildKit has made, whose state is in a folder of this machine; undefined where not all of it is there. */
export async function describeStored(
  state: string,
  digest: string,
): Promise<Described | undefined> {
  const image = StoredImage.open(state, digest)
  const facts = image && (await readSbomFacts(image, {}).catch(() => undefined))
  return image && facts && { image, facts }
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

/** What was done. */
export interface Done {
  /** What the tags lead to now, where that is no longer the image. */
  index?: Descriptor
}

/** Attaches SBOM and provenance to an image that was pushed. */
export async function attachDocuments(
  reference: string,
  facts: SbomFacts,
  options: AttachOptions,
): Promise<Done> {
  const { signal, credentials } = options
  const image = await RegistryImage.open(reference, signal, credentials)
  return (await prepareDocuments(reference, { image, facts }, options))()
}

/**
 * Sends SBOM and provenance of an image to where it will be, so that they only have to be attached once it is there.
 *
 * @param reference With its digest.
 * @returns What attaches them.
 */
export async function prepareDocuments(
  reference: string,
  { image, facts }: Described,
  options: AttachOptions,
): Promise<() => Promise<Done>> {
  const { signal, credentials } = options
  const client = new RegistryClient(parseReference(reference), "pull,push", signal, credentials)
  const index = options.inIndex ? await prepareOwnIndex(client, image, facts, options) : undefined
  const [whole] = index ? [index.descriptor] : image.index.manifests
  const referrers =
    whole && options.asReferrers
      ? await prepareAllReferrers(
          client,
          await allImages(image),
          { whole, facts: namedFacts({ ...facts, digest: whole.digest }, reference) },
          options,
        )
      : undefined
  return async () => {
    await index?.push()
    await referrers?.()
    return index ? { index: index.descriptor } : {}
  }
}

/**
 * An SBOM to each image, and the provenance to what the tag leads to: that is the index where there is one, and the image
 * of a platform is found from there.
 */
async function prepareAllReferrers(
  client: RegistryClient,
  images: readonly Descriptor[],
  { whole, facts }: { whole: Descriptor; facts: SbomFacts },
  { build, format }: AttachOptions,
): Promise<() => Promise<void>> {
  const sbom = (about: SbomFacts): Document => ({
    mediaType: sbomMediaTypes[format],
    content: sbomDocument(about, format),
  })
  const provenance: Document = {
    mediaType: inTotoMediaType,
    content: provenanceStatement(facts, build),
    annotations: { [predicateKey]: provenanceType },
  }
  const others = images.flatMap((descriptor) => {
    const about = facts.images.find(({ digest }) => digest === descriptor.digest)
    return about && descriptor.digest !== whole.digest ? [{ descriptor, about }] : []
  })
  const attach = await Promise.all([
    prepareReferrers(client, whole, [sbom(facts), provenance]),
    ...others.map(({ descriptor, about }) =>
      prepareReferrers(client, descriptor, [sbom(ofOneImage(facts, about))]),
    ),
  ])
  return async () => {
    await Promise.all(attach.map((each) => each()))
  }
}

/** By no registry's name, so that the index is the same in each. */
async function prepareOwnIndex(
  client: RegistryClient,
  image: ImageStore,
  facts: SbomFacts,
  { build, format, tags }: AttachOptions,
) {
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
  return prepareIndex(client, attested, { annotations: first?.manifest.annotations, tags })
}
