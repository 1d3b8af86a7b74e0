import { indexType, type Descriptor, type ImageIndex } from "../oci.js"
import type { HttpResponse } from "../../http/response.js"
import type { RegistryClient } from "./registry-client.js"

/** More pages than any image has referrers for: where a registry goes round in circles, an end. */
const mostPages = 100

/**
 * What a registry lists about a manifest, page by page; undefined where it has no such list.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
 */
export async function listReferrers(
  client: RegistryClient,
  digest: string,
): Promise<Descriptor[] | undefined> {
  const found: Descriptor[] = []
  let next: string | undefined = `referrers/${digest}`
  for (let page = 0; next !== undefined && page < mostPages; page++) {
    const response = await client.send("GET", next, { headers: { accept: indexType } })
    if (response.status !== 200) {
      if (page > 0) throw client.refusal(response)
      response.discard()
      return undefined
    }
    const { manifests = [] } = await response.json<Partial<ImageIndex>>()
    found.push(...manifests)
    next = nextPage(response)
  }
  return found
}

/** Where a list goes on: https://www.rfc-editor.org/rfc/rfc8288 */
export function nextPage(response: HttpResponse): string | undefined {
  const [, path] = /<([^>]+)>;\s*rel="?next"?/.exec(response.header("link") ?? "") ?? []
  return path === undefined ? undefined : String(new URL(path, response.url))
}

/**
 * Where the registry lists no referrers, a tag that everybody knows leads to the list.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 */
export function referrersTag(digest: string): string {
  return digest.replace(":", "-")
}

/** What that tag lists; nothing where it is not there. */
export async function listTagged(client: RegistryClient, digest: string): Promise<Descriptor[]> {
  const path = `manifests/${referrersTag(digest)}`
  const response = await client.send("GET", path, { headers: { accept: indexType } })
  if (response.status === 404) {
    response.discard()
    return []
  }
  if (!response.ok) throw client.refusal(response)
  const { manifests = [] } = await response.json<Partial<ImageIndex>>()
  return manifests
}
