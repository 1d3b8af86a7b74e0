import { createHash } from "node:crypto"
import type { Response } from "undici"
import { UserError } from "../../src/errors.js"
import { TemporaryFailure } from "../errors.js"
import { discard, type RegistryClient } from "../image/registry-client.js"
import {
  indexType,
  manifestType,
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
} from "../image/oci.js"

/** Something said about an image: an SBOM, a provenance. */
export interface Document {
  /** What programs look for it by. */
  mediaType: string
  content: string
  /** Of its manifest. */
  annotations?: Record<string, string>
}

/** An artifact that has no configuration of its own has this: https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidance-for-an-empty-descriptor */
const empty = Buffer.from("{}")
const emptyType = "application/vnd.oci.empty.v1+json"

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
  await pushBlob(client, empty)
  const referrers: Descriptor[] = []
  let isListed = true
  for (const document of documents) {
    const content = Buffer.from(document.content)
    await pushBlob(client, content)
    const manifest = manifestOf(document, descriptorOf(document.mediaType, content), subject)
    const bytes = Buffer.from(JSON.stringify(manifest))
    const descriptor = descriptorOf(manifestType, bytes)
    const { headers } = await pushManifest(client, descriptor.digest, manifestType, bytes)
    // A registry that knows of subjects says so, and lists the artifact by itself.
    isListed &&= headers.get("oci-subject") === subject.digest
    const { annotations } = manifest
    referrers.push({ ...descriptor, artifactType: document.mediaType, annotations })
  }
  if (isListed || (await listsAll(client, subject, referrers))) return
  await addToTag(client, subject, referrers)
}

/** Some list referrers, and do not say so. */
async function listsAll(
  client: RegistryClient,
  { digest }: Descriptor,
  referrers: readonly Descriptor[],
): Promise<boolean> {
  const headers = { accept: indexType }
  const response = await client.send("GET", `referrers/${digest}`, { headers })
  if (response.status !== 200) {
    await discard(response)
    return false
  }
  const { manifests = [] } = (await response.json()) as Partial<ImageIndex>
  const listed = new Set(manifests.map((each) => each.digest))
  return referrers.every((each) => listed.has(each.digest))
}

function manifestOf(
  { mediaType, annotations }: Document,
  layer: Descriptor,
  { mediaType: subjectType, digest, size }: Descriptor,
): ImageManifest {
  return {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: mediaType,
    config: descriptorOf(emptyType, empty),
    layers: [layer],
    subject: { mediaType: subjectType, digest, size },
    ...(annotations && { annotations }),
  }
}

function descriptorOf(mediaType: string, content: Buffer): Descriptor {
  const hex = createHash("sha256").update(content).digest("hex")
  return { mediaType, digest: `sha256:${hex}`, size: content.length }
}

async function pushBlob(client: RegistryClient, content: Buffer): Promise<void> {
  const { digest } = descriptorOf("", content)
  const there = await client.send("HEAD", `blobs/${digest}`)
  await discard(there)
  if (there.ok) return
  const begun = await client.send("POST", "blobs/uploads/", { headers: { "content-length": "0" } })
  await mustBe(begun, 202)
  // Relative to what was asked, or whole; it may have a query of its own.
  const location = new URL(begun.headers.get("location") ?? "", begun.url)
  location.searchParams.set("digest", digest)
  const headers = { "content-type": "application/octet-stream" }
  await mustBe(await client.send("PUT", String(location), { headers, body: content }), 201)
}

async function pushManifest(
  client: RegistryClient,
  name: string,
  mediaType: string,
  content: Buffer,
): Promise<Response> {
  const headers = { "content-type": mediaType }
  const response = await client.send("PUT", `manifests/${name}`, { headers, body: content })
  await mustBe(response, 201)
  return response
}

/**
 * Where the registry lists no referrers, a tag that everybody knows leads to the list: `sha256-…`.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
async function addToTag(
  client: RegistryClient,
  { digest }: Descriptor,
  referrers: readonly Descriptor[],
): Promise<void> {
  const tag = digest.replace(":", "-")
  const response = await client.send("GET", `manifests/${tag}`, { headers: { accept: indexType } })
  const known = response.ok ? ((await response.json()) as ImageIndex).manifests : []
  if (!response.ok) {
    if (response.status === 404) await discard(response)
    else throw await refusal(response)
  }
  const all = new Map([...known, ...referrers].map((each) => [each.digest, each]))
  if (all.size === known.length) return
  const index: ImageIndex = {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [...all.values()],
  }
  await pushManifest(client, tag, indexType, Buffer.from(JSON.stringify(index)))
}

async function mustBe(response: Response, status: number): Promise<void> {
  if (response.status !== status) throw await refusal(response)
  await discard(response)
}

/** Who asked tells what it was about. */
async function refusal(response: Response): Promise<UserError> {
  await discard(response)
  const { status, statusText, url } = response
  const found = `${new URL(url).host} answers ${`${status} ${statusText}`.trim()}`
  return status === 429 || status >= 500
    ? new TemporaryFailure(found, { hint: "That may pass: try again.", retry: true })
    : new UserError(found)
}
