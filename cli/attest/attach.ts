import { listReferrers, listTagged, referrersTag } from "../image/registry/referrers.js"
import type { RegistryClient } from "../image/registry/registry-client.js"
import {
  indexType,
  manifestType,
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
} from "../image/oci.js"
import { hasBlob, pushBlob, pushManifest, upload } from "./upload.js"

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
 * Sends what is said about an image, which need not be there yet, so that little is left to do once it is. As referrers:
 * artifacts that name the image as their subject, so that its own digest stays what it is. The same document again is the
 * same artifact.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject
 *
 * @returns What attaches them.
 */
export async function prepareReferrers(
  client: RegistryClient,
  subject: Descriptor,
  documents: readonly Document[],
): Promise<() => Promise<void>> {
  const listed = await listReferrers(client, subject.digest)
  const known = listed ?? (await listTagged(client, subject.digest).catch(() => []))
  const missing = documents
    .map((document) => artifactOf(document, subject))
    .filter(({ referrer }) => !isAmong(referrer, known))
  if (missing.length === 0) return () => Promise.resolve()
  await Promise.all([
    hasBlob(client, empty).then((isThere) => (isThere ? undefined : pushBlob(client, empty))),
    ...missing.map(({ blob }) => pushBlob(client, blob)),
  ])
  return () => pushReferrers(client, subject, missing, listed !== undefined)
}

async function pushReferrers(
  client: RegistryClient,
  subject: Descriptor,
  artifacts: readonly ReturnType<typeof artifactOf>[],
  lists: boolean,
): Promise<void> {
  const [answers, tagged] = await Promise.all([
    Promise.all(artifacts.map(({ manifest }) => pushManifest(client, manifest))),
    lists ? undefined : listTagged(client, subject.digest),
  ])
  // A registry that knows of subjects says so, and lists the artifact by itself.
  if (answers.every((each) => each.header("oci-subject") === subject.digest)) return
  const referrers = artifacts.map(({ referrer }) => referrer)
  if (await listsAll(client, subject, referrers)) return
  await addToTag(client, subject, referrers, tagged ?? (await listTagged(client, subject.digest)))
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
  return listed !== undefined && referrers.every((each) => isAmong(each, listed))
}

function isAmong({ digest }: Descriptor, known: readonly Descriptor[]): boolean {
  return known.some((each) => each.digest === digest)
}

/** Whoever else adds to it at this moment may be overwritten; no registry of that kind has a better way. */
async function addToTag(
  client: RegistryClient,
  { digest }: Descriptor,
  referrers: readonly Descriptor[],
  known: readonly Descriptor[],
): Promise<void> {
  const all = new Map([...known, ...referrers].map((each) => [each.digest, each]))
  if (all.size === known.length) return
  const index: ImageIndex = {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [...all.values()],
  }
  await pushManifest(client, upload(indexType, index), referrersTag(digest))
}
