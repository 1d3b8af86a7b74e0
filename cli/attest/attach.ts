import { listReferrers, listTagged, referrersTag } from "../image/referrers.js"
import type { RegistryClient } from "../image/registry-client.js"
import {
  indexType,
  manifestType,
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
} from "../image/oci.js"
import { pushBlob, pushManifest, upload } from "./upload.js"

/** Something said about an image: an SBOM, a provenance. */
export interface Document {
  /** What programs look for it by. */
  mediaType: string
  content: string
  /** Of its manifest. */
  annotations?: Record<string, string>
}

/** An artifact that has no configuration of its own has this: https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidance-for-an-empty-descriptor */
const empty = upload("application/vnd.oci.empty.v1+json", Buffer.from("{}"))

/**
 * Attaches documents to an image that a registry has, as referrers: artifacts that name it as their subject, so that its
 * own digest stays what it is. The same document again is the same artifact.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject
 */
export async function attach(
  client: RegistryClient,
  subject: Descriptor,
  documents: readonly Document[],
): Promise<void> {
  const attached = documents.map((document) => artifactOf(document, subject))
  await Promise.all(
    [empty, ...attached.map(({ blob }) => blob)].map((each) => pushBlob(client, each)),
  )
  const answers = await Promise.all(attached.map(({ manifest }) => pushManifest(client, manifest)))
  // A registry that knows of subjects says so, and lists the artifact by itself.
  const isListed = answers.every(({ headers }) => headers.get("oci-subject") === subject.digest)
  const referrers = attached.map(({ referrer }) => referrer)
  if (isListed || (await listsAll(client, subject, referrers))) return
  await addToTag(client, subject, referrers)
}

function artifactOf(
  { mediaType, content, annotations }: Document,
  { mediaType: subjectType, digest, size }: Descriptor,
) {
  const blob = upload(mediaType, Buffer.from(content))
  const manifest = upload(manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: mediaType,
    config: empty.descriptor,
    layers: [blob.descriptor],
    subject: { mediaType: subjectType, digest, size },
    ...(annotations && { annotations }),
  } satisfies ImageManifest)
  const referrer: Descriptor = { ...manifest.descriptor, artifactType: mediaType, annotations }
  return { blob, manifest, referrer }
}

/** Some list referrers, and do not say so. */
async function listsAll(
  client: RegistryClient,
  { digest }: Descriptor,
  referrers: readonly Descriptor[],
): Promise<boolean> {
  const listed = await listReferrers(client, digest)
  return referrers.every((each) => listed?.some((known) => known.digest === each.digest))
}

/** Whoever else adds to it at this moment may be overwritten; no registry of that kind has a better way. */
async function addToTag(
  client: RegistryClient,
  { digest }: Descriptor,
  referrers: readonly Descriptor[],
): Promise<void> {
  const known = await listTagged(client, digest)
  const all = new Map([...known, ...referrers].map((each) => [each.digest, each]))
  if (all.size === known.length) return
  const index: ImageIndex = {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [...all.values()],
  }
  await pushManifest(client, upload(indexType, index), referrersTag(digest))
}
