import type { Descriptor, ImageIndex, ImageManifest } from "../../image/oci.js"
import { nextPage } from "../../image/registry/referrers.js"
import { manifestTypes } from "../../image/registry/registry-image.js"
import type { RegistryClient } from "../../image/registry/registry-client.js"
import { digestOf } from "../../image/digest.js"

/** A tag of a repository, and what it needs. */
export interface Tagged {
  tag: string
  digest: string
  /** A BuildKit cache; what is about an image, where that is a tag (signatures, attestations); all else. */
  kind: "cache" | "about" | "image"
  /** Of what is about an image: whether that is there. */
  subject?: "there" | "missing"
  /** Size of each manifest and blob, by digest. */
  blobs: ReadonlyMap<string, number>
}

const cacheConfig = "application/vnd.buildkit.cacheconfig.v0"
/** More pages than any repository has: where a registry goes round in circles, an end. */
const mostPages = 1000
/** How many are asked for at a time. */
const together = 8

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
export async function listTags(client: RegistryClient): Promise<string[]> {
  const found: string[] = []
  let next: string | undefined = "tags/list?n=1000"
  for (let page = 0; next !== undefined && page < mostPages; page++) {
    const response = await client.get(next)
    next = nextPage(response)
    const { tags } = await response.json<{ tags?: string[] | null }>()
    found.push(...(tags ?? []))
  }
  return found
}

export async function readTags(client: RegistryClient): Promise<Tagged[]> {
  const names = await listTags(client)
  const found: Tagged[] = []
  for (let at = 0; at < names.length; at += together) {
    const read = names.slice(at, at + together).map((tag) => readTag(client, tag))
    found.push(...(await Promise.all(read)).filter((each) => each !== undefined))
  }
  return found
}

/** Undefined where somebody else has deleted it since it was listed. */
async function readTag(client: RegistryClient, tag: string): Promise<Tagged | undefined> {
  const root = await readManifest(client, tag)
  if (!root) return undefined
  const blobs = new Map<string, number>()
  await addBlobs(client, root, blobs)
  const { config, manifests = [] } = root.manifest
  const isCache = [config, ...manifests].some((each) => each?.mediaType === cacheConfig)
  const subject = /^sha256-([0-9a-f]{64})(?:\.[a-z0-9]+)?$/.exec(tag)?.[1]
  const { digest } = root
  if (subject === undefined) return { tag, digest, kind: isCache ? "cache" : "image", blobs }
  const isThere = (await readManifest(client, `sha256:${subject}`)) !== undefined
  return { tag, digest, kind: "about", subject: isThere ? "there" : "missing", blobs }
}

interface Read {
  digest: string
  size: number
  manifest: Partial<ImageManifest> & Partial<ImageIndex>
}

async function readManifest(client: RegistryClient, name: string): Promise<Read | undefined> {
  const response = await client.send("GET", `manifests/${name}`, {
    headers: { accept: manifestTypes.join(", ") },
  })
  if (response.status === 404) {
    response.discard()
    return undefined
  }
  if (!response.ok) throw client.refusal(response)
  const content = await response.bytes()
  return {
    digest: digestOf(content),
    size: content.length,
    manifest: JSON.parse(content.toString("utf8")) as Read["manifest"],
  }
}

async function addBlobs(
  client: RegistryClient,
  { digest, size, manifest }: Read,
  blobs: Map<string, number>,
): Promise<void> {
  blobs.set(digest, size)
  const { config, layers = [], manifests = [] } = manifest
  for (const each of [...layers, ...(config ? [config] : [])]) blobs.set(each.digest, each.size)
  for (const each of manifests) {
    if (blobs.has(each.digest)) continue
    blobs.set(each.digest, each.size)
    const read = isManifest(each) ? await readManifest(client, each.digest) : undefined
    if (read) await addBlobs(client, read, blobs)
  }
}

/** A cache's index lists layers, too. */
function isManifest({ mediaType }: Descriptor): boolean {
  return manifestTypes.includes(mediaType)
}
