import type { SbomFacts } from "../../src/sbom/facts.js"
import type { SbomFormat } from "../../src/sbom/format-of.js"
import { sbomDocument, sbomMediaTypes } from "../../src/sbom/formats.js"
import {
  inTotoMediaType,
  provenanceStatement,
  provenanceType,
  type BuildFacts,
} from "../../src/sbom/provenance.js"
import { parseReference, repositoryName } from "../../src/reference.js"
import { Archive } from "../image/archive.js"
import { RegistryClient } from "../image/registry-client.js"
import { RegistryImage } from "../image/registry-image.js"
import { imageName, readSbomFacts } from "../inspect/sbom-facts.js"
import { attach, type Document } from "./attach.js"

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
  const image = await RegistryImage.open(reference, signal)
  return readSbomFacts(image, imageName(image))
}

export { provenanceStatement, sbomDocument }

/**
 * Attaches an SBOM to each image, and the provenance to what the tag leads to: that is the index where there is one, and
 * the image of a platform is found from there.
 */
export async function attachDocuments(
  reference: string,
  facts: SbomFacts,
  { build, format, signal }: { build: BuildFacts; format: SbomFormat; signal: AbortSignal },
): Promise<void> {
  const parsed = parseReference(reference)
  const name = repositoryName(parsed)
  const named: SbomFacts = { ...facts, name, repository: name }
  const client = new RegistryClient(parsed, "pull,push", signal)
  const image = await RegistryImage.open(reference, signal)
  const [whole] = image.index.manifests
  if (!whole) return
  const sbom = (about: SbomFacts): Document => ({
    mediaType: sbomMediaTypes[format],
    content: sbomDocument(about, format),
  })
  const provenance: Document = {
    mediaType: inTotoMediaType,
    content: provenanceStatement(named, build),
    annotations: { "in-toto.io/predicate-type": provenanceType },
  }
  await attach(client, whole, [sbom(named), provenance])
  for (const each of named.images) {
    if (each.digest === whole.digest) continue
    const descriptor = await image.describe(each.digest)
    await attach(client, descriptor, [sbom({ ...named, digest: each.digest, images: [each] })])
  }
}
