import type { Tagged } from "./tags.js"

export interface Unneeded extends Tagged {
  reason: string
  /** Bytes that no other tag needs, or another one of these. */
  size: number
}

/**
 * Which tags of a repository may go: never an image, and nothing of a cache that is to stay.
 *
 * @param keep Tags of caches, `*` for any text; undefined for all of them.
 */
export function findUnneeded(
  tags: readonly Tagged[],
  keep: readonly string[] | undefined,
): Unneeded[] {
  const caches = new Set(tags.filter(({ kind }) => kind === "cache").map(({ tag }) => tag))
  const found = tags.flatMap((each) => {
    const reason = whyUnneeded(each, caches, keep)
    return reason === undefined ? [] : [{ ...each, reason }]
  })
  return withSizes(found, tags)
}

function whyUnneeded(
  { tag, kind, subject }: Tagged,
  caches: ReadonlySet<string>,
  keep: readonly string[] | undefined,
): string | undefined {
  if (kind === "about") {
    return subject === "missing" ? "the image that it is about is gone" : undefined
  }
  if (kind !== "cache") return undefined
  if (keep && !keep.some((pattern) => isOf(tag, pattern))) return "not one of --keep"
  const [, whole] = partOf.exec(tag) ?? []
  // A branch may have such a name: its cache has parts of its own.
  const isWhole = [...caches].some((each) => each.startsWith(`${tag}-`))
  return whole !== undefined && !isWhole && !caches.has(whole)
    ? `the cache ${whole} is gone`
    : undefined
}

/** What exportsOf writes beside a cache, of one platform where there are several. That of checks may be there alone. */
const partOf =
  /^(.+)-(?:dependencies|tools|frontend(?:-\d+)?)(?:-(?:amd64|arm64|arm|386|ppc64le|s390x|riscv64|loong64|mips)[a-z0-9]*)?$/

/** Whether a tag is one that the pattern names, or a part of it, such as `main-dependencies`. */
function isOf(tag: string, pattern: string): boolean {
  const text = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*")
  return new RegExp(`^${text}(?:-.*)?$`).test(tag)
}

/** Of bytes that several need, the first one of them says so. */
function withSizes(found: readonly Omit<Unneeded, "size">[], tags: readonly Tagged[]): Unneeded[] {
  const going = new Set(found.map(({ tag }) => tag))
  const known = new Set(
    tags.filter(({ tag }) => !going.has(tag)).flatMap(({ blobs }) => [...blobs.keys()]),
  )
  return found.map((each) => {
    let size = 0
    for (const [digest, bytes] of each.blobs) {
      if (!known.has(digest)) size += bytes
      known.add(digest)
    }
    return { ...each, size }
  })
}
