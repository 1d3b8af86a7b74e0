import { createHash } from "node:crypto"
import type { HttpResponse } from "../http/response.js"
import type { Descriptor } from "../image/oci.js"
import type { RegistryClient } from "../image/registry/registry-client.js"

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

/** Whether the registry has it already. */
export async function hasBlob(
  client: RegistryClient,
  { descriptor: { digest } }: Upload,
): Promise<boolean> {
  return has(client, `blobs/${digest}`)
}

/** The same of a manifest. Without it, what it consists of may be there, or not. */
export async function hasManifest(
  client: RegistryClient,
  { descriptor: { digest } }: Upload,
): Promise<boolean> {
  return has(client, `manifests/${digest}`)
}

async function has(client: RegistryClient, path: string): Promise<boolean> {
  const there = await client.send("HEAD", path)
  there.discard()
  return there.ok
}

export async function pushBlob(
  client: RegistryClient,
  { descriptor: { digest }, content }: Upload,
): Promise<void> {
  const begun = await client.send("POST", "blobs/uploads/", { headers: { "content-length": "0" } })
  mustBe(client, begun, 202)
  // Relative to what was asked, or whole; it may have a query of its own.
  const location = new URL(begun.header("location") ?? "", begun.url)
  location.searchParams.set("digest", digest)
  const headers = { "content-type": "application/octet-stream" }
  const ended = await client.send("PUT", String(location), { headers, body: content })
  mustBe(client, ended, 201)
}

/** @param name A tag; by default, its digest. */
export async function pushManifest(
  client: RegistryClient,
  { descriptor, content }: Upload,
  name = descriptor.digest,
): Promise<HttpResponse> {
  const headers = { "content-type": descriptor.mediaType }
  const response = await client.send("PUT", `manifests/${name}`, { headers, body: content })
  mustBe(client, response, 201)
  return response
}

function mustBe(client: RegistryClient, response: HttpResponse, status: number): void {
  if (response.status !== status) throw client.refusal(response)
  response.discard()
}
