import { UserError } from "../../../src/errors.js"
import { parseReference, repositoryName, type Reference } from "../../../src/reference.js"
import { RegistryClient } from "../../image/registry/registry-client.js"
import { programName } from "../../program-name.js"
import { formatBytes } from "../../terminal/format-bytes.js"
import { readTags, type Tagged } from "./tags.js"
import { findUnneeded, type Unneeded } from "./unneeded.js"

export interface PruneRequest {
  repository: string
  keep?: string[]
  delete?: boolean
  json?: boolean
}

export interface Pruned {
  repository: string
  unneeded: Unneeded[]
  /** Of these, what was deleted. */
  deleted: string[]
  /** By tag: why not. */
  left: Readonly<Record<string, string>>
}

export async function prune(request: PruneRequest): Promise<Pruned> {
  const reference = parseRepository(request.repository)
  const client = new RegistryClient(reference, request.delete ? "pull,delete" : "pull")
  const tags = await readTags(client)
  const unneeded = findUnneeded(tags, request.keep)
  const repository = repositoryName(reference)
  if (!request.delete) return { repository, unneeded, deleted: [], left: {} }
  return { repository, unneeded, ...(await deleteAll(client, reference, tags, unneeded)) }
}

function parseRepository(text: string): Reference {
  const reference = parseReference(text, "repository")
  const { tag, digest } = reference
  // Without one, it is `latest` of itself.
  if (digest === undefined && (tag === "latest" || tag === undefined)) return reference
  throw new UserError(`a repository is expected, without a tag or digest: ${text}`, {
    hint: "--keep names the tags of caches that are to stay.",
  })
}

/**
 * To delete a digest deletes all of its tags, and caches of two branches often are the same: such a tag is deleted by its name,
 * which not every registry can do. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#deleting-tags
 */
async function deleteAll(
  client: RegistryClient,
  reference: Reference,
  tags: readonly Tagged[],
  unneeded: readonly Unneeded[],
): Promise<Pick<Pruned, "deleted" | "left">> {
  const going = new Set(unneeded.map(({ tag }) => tag))
  const kept = tags.filter(({ tag }) => !going.has(tag))
  const staying = new Map(kept.map(({ tag, digest }) => [digest, tag]))
  const needed = new Set(kept.flatMap(({ blobs }) => [...blobs.keys()]))
  const deleted: string[] = []
  const left: Record<string, string> = {}
  for (const { tag, digest } of unneeded) {
    const isNeeded = needed.has(digest)
    const response = await client.send("DELETE", `manifests/${isNeeded ? tag : digest}`)
    response.discard()
    // Of another tag with that digest, which is gone with it.
    if (response.ok || response.status === 404) deleted.push(tag)
    else if (isNeeded && [400, 405].includes(response.status)) {
      left[tag] =
        `the same as ${staying.get(digest) ?? "a part of an image"}, and ${reference.registry} deletes no single tag`
    } else if (response.status === 405) {
      throw new UserError(`${reference.registry} does not allow deletion (405)`, {
        hint: "A registry of your own allows it with REGISTRY_STORAGE_DELETE_ENABLED=true; others have retention rules of their own.",
      })
    } else throw client.refusal(response)
  }
  return { deleted, left }
}

export function printPruned({ repository, unneeded, deleted, left }: Pruned): string {
  if (unneeded.length === 0) return `nothing of ${repository} is unneeded\n`
  const width = Math.max(...unneeded.map(({ tag }) => tag.length))
  const lines = unneeded.map(({ tag, size, reason }) => {
    const what = left[tag] === undefined ? "" : `; left: ${left[tag]}`
    return `${tag.padEnd(width)}  ${formatBytes(size).padStart(8)}  ${reason}${what}`
  })
  const bytes = unneeded
    .filter(({ tag }) => left[tag] === undefined)
    .reduce((sum, { size }) => sum + size, 0)
  const isDeleted = deleted.length > 0
  const count = isDeleted ? deleted.length : unneeded.length - Object.keys(left).length
  const total = `${count} ${count === 1 ? "tag" : "tags"}, ${formatBytes(bytes)}`
  const end = isDeleted
    ? `deleted ${total}; the registry's own garbage collection frees the space`
    : `${total}; nothing was deleted (${programName} prune ${repository} --delete)`
  return `${[...lines, end].join("\n")}\n`
}
