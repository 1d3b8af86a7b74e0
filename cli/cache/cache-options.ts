import { relative, resolve } from "node:path"
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

type Environment = Readonly<Record<string, string | undefined>>

/** Of a build, what says where its cache may be. */
interface Built {
  /** The project's folder. */
  source: string
  push: boolean
}

/** `--cache-image` is both: what it exports, the next build imports. */
export function findCaches(flags: CacheFlags, environment: Environment, build: Built): Caches {
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
  const from = [
    ...(both ? [both] : []),
    ...(flags.cacheFrom ?? []).map((each) => parseCacheLocation(each, "--cache-from", "import")),
  ]
  const found = from.length === 0 && !to ? gitHubCache(environment, build.source) : undefined
  if (!found) return { warmFrom, warmTo, cacheFrom: from, cacheTo: to }
  // Like an image, it is written where that is asked for.
  return { warmFrom, warmTo, cacheFrom: [found], ...(build.push && { cacheTo: found }) }
}

/**
 * That of a workflow whose steps may use it: GitHub gives its token to actions alone, and one of them has passed it on. Whose
 * entries a branch can read and write is GitHub's to say.
 */
function gitHubCache(environment: Environment, source: string): CacheLocation | undefined {
  const { GITHUB_ACTIONS, ACTIONS_RUNTIME_TOKEN, ACTIONS_CACHE_URL, ACTIONS_RESULTS_URL } =
    environment
  const isThere = ACTIONS_RUNTIME_TOKEN && (ACTIONS_RESULTS_URL ?? ACTIONS_CACHE_URL)
  if (GITHUB_ACTIONS !== "true" || !isThere) return undefined
  // Projects of one repository do not take turns in one name.
  const folder = relative(environment["GITHUB_WORKSPACE"] ?? ".", resolve(source))
  const scope = ["go-image", ...folder.split(/[^A-Za-z0-9._]+/).filter(Boolean)].join("-")
  return { type: "gha", attributes: { scope }, from: "ACTIONS_RUNTIME_TOKEN" }
}
