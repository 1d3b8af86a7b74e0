import { createHash } from "node:crypto"
import type { Response } from "undici"
import type { Descriptor } from "../image/oci.js"
import { discard, type RegistryClient } from "../image/registry-client.js"

/** Something for a registry to have. */
export interface Upload {
  descriptor: Descriptor
  content: Buffer
}

/** Of the manifest or the blob that a content is; others of its properties stay as they are given. */
export function upload(mediaType: string, content: Buffer | object): Upload {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
  const hex = createHash("sha256").update(bytes).digest("hex")
  return {
    descriptor: { mediaType, digest: `sha256:${hex}`, size: bytes.length },
    content: bytes,
  }
}

/** Unless the registry has it. */
export async function pushBlob(
  client: RegistryClient,
  { descriptor: { digest }, content }: Upload,
): Promise<void> {
  const there = await client.send("HEAD", `blobs/${digest}`)
  await discard(there)
  if (there.ok) return
  const begun = await client.send("POST", "blobs/uploads/", { headers: { "content-length": "0" } })
  await mustBe(client, begun, 202)
  // Relative to what was asked, or whole; it may have a query of its own.
  const location = new URL(begun.headers.get("location") ?? "", begun.url)
  location.searchParams.set("digest", digest)
  const headers = { "content-type": "application/octet-stream" }
  const ended = await client.send("PUT", String(location), { headers, body: content })
  await mustBe(client, ended, 201)
}

/** @param name A tag; by default, its digest. */
export async function pushManifest(
  client: RegistryClient,
  { descriptor, content }: Upload,
  name = descriptor.digest,
): Promise<Response> {
  const headers = { "content-type": descriptor.mediaType }
  const response = await client.send("PUT", `manifests/${name}`, { headers, body: content })
  await mustBe(client, response, 201)
  return response
}

async function mustBe(client: RegistryClient, response: Response, status: number): Promise<void> {
  if (response.status !== status) throw await client.refusal(response)
  await discard(response)
}
