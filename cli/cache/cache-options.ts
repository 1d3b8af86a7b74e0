import { UserError } from "../../src/errors.js"
import { parseReference, parseTag } from "../../src/reference.js"
import { parseCacheLocation, type CacheLocation } from "./cache-location.js"
import { checkLocalCache } from "./local-cache.js"

export interface CacheFlags {
  cacheImage?: string
  cacheFrom?: string[]
  cacheTo?: string
  warmFrom?: string
  warmTo?: string
}

export interface Caches {
  /** Where BuildKit's cache is imported from, and exported to. */
  cacheFrom: CacheLocation[]
  cacheTo?: CacheLocation
  /** Images that have compiled packages: what is read before a build, and written after it. */
  warmFrom?: string
  warmTo?: string
}

/** `--cache-image` is both: what it exports, the next build imports. */
export function findCaches(
  flags: CacheFlags,
  environment: Readonly<Record<string, string | undefined>>,
): Caches {
  if (flags.cacheImage !== undefined && flags.cacheTo !== undefined) {
    throw new UserError("one at a time: --cache-image, --cache-to", {
      hint: "--cache-image imports and exports; --cache-from adds caches that are only imported.",
    })
  }
  const image = flags.cacheImage ?? (environment["CACHE_IMAGE"] || undefined)
  const option = flags.cacheImage === undefined ? "$CACHE_IMAGE" : "--cache-image"
  const both = image === undefined ? undefined : parseCacheLocation(image, option, "export")
  const to =
    flags.cacheTo === undefined ? both : parseCacheLocation(flags.cacheTo, "--cache-to", "export")
  if (to) checkLocalCache(to)
  const { warmFrom, warmTo } = flags
  if (warmFrom !== undefined) parseReference(warmFrom, "--warm-from")
  if (warmTo !== undefined) parseTag(warmTo, "--warm-to")
  return {
    warmFrom,
    warmTo,
    cacheFrom: [
      ...(both ? [both] : []),
      ...(flags.cacheFrom ?? []).map((each) => parseCacheLocation(each, "--cache-from", "import")),
    ],
    cacheTo: to,
  }
}
