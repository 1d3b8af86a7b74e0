import { resolve } from "node:path"
import { UserError } from "../../src/errors.js"
import { parseReference, parseTag, taggedName } from "../../src/reference.js"

/**
 * Where BuildKit reads or writes a cache of steps, with its own attributes.
 * https://github.com/moby/buildkit#export-cache
 */
export interface CacheLocation {
  type: string
  attributes: Readonly<Record<string, string>>
  /** What says so, where nobody asked for it. */
  from?: string
}

type Way = "import" | "export"

interface CacheType {
  /** Attributes without which it is none. */
  required: (way: Way) => readonly string[]
  /** The attribute that tells one cache from another in the same place, and what it is by default. */
  name: { attribute: string; otherwise: string }
}

const cacheTypes: Readonly<Record<string, CacheType>> = {
  registry: { required: () => ["ref"], name: { attribute: "ref", otherwise: "" } },
  local: {
    required: (way) => [way === "import" ? "src" : "dest"],
    name: { attribute: "tag", otherwise: "latest" },
  },
  gha: { required: () => [], name: { attribute: "scope", otherwise: "buildkit" } },
  s3: { required: () => ["region", "bucket"], name: { attribute: "name", otherwise: "buildkit" } },
  azblob: { required: () => ["account_url"], name: { attribute: "name", otherwise: "buildkit" } },
}

/** @param option Where it was given, as it is typed. */
export function parseCacheLocation(text: string, option: string, way: Way): CacheLocation {
  if (!text.includes("=")) return registryCache(text, option, way)
  const { type = "registry", ...attributes } = parseAttributes(text, option)
  const known = cacheTypes[type]
  if (!known) {
    throw new UserError(`unknown cache type: ${type} (${option})`, {
      hint: `Known types are ${Object.keys(cacheTypes).join(", ")}.`,
    })
  }
  const missing = known.required(way).find((name) => !attributes[name])
  if (missing !== undefined) {
    throw new UserError(`a cache of type ${type} needs ${missing}=… (${option})`)
  }
  if (type === "registry") return registryCache(attributes.ref ?? "", option, way, attributes)
  if (type === "gha") checkGitHub(attributes, option)
  const folders = Object.entries(attributes).map(([name, value]) =>
    name === "src" || name === "dest" ? [name, resolve(value)] : [name, value],
  )
  return { type, attributes: Object.fromEntries(folders) as Record<string, string> }
}

function registryCache(
  ref: string,
  option: string,
  way: Way,
  attributes: Readonly<Record<string, string>> = {},
): CacheLocation {
  if (way === "import") parseReference(ref, option)
  else parseTag(ref, option)
  return { type: "registry", attributes: { ...attributes, ref } }
}

function parseAttributes(text: string, option: string): Record<string, string> {
  const pairs = text.split(",").map((field): [string, string] => {
    const at = field.indexOf("=")
    if (at < 1) {
      throw new UserError(`not NAME=VALUE: ${field || "(empty)"} (${option})`, {
        hint: "It is written like type=local,src=/cache or registry.example.com/team/cache:main.",
      })
    }
    return [field.slice(0, at), field.slice(at + 1)]
  })
  return Object.fromEntries(pairs)
}

/** What a step of a workflow does not have unless an action gives it. */
function checkGitHub({ url, url_v2 }: Readonly<Record<string, string>>, option: string): void {
  const { ACTIONS_CACHE_URL, ACTIONS_RESULTS_URL, ACTIONS_RUNTIME_TOKEN } = process.env
  if ((url ?? url_v2 ?? ACTIONS_CACHE_URL ?? ACTIONS_RESULTS_URL) && ACTIONS_RUNTIME_TOKEN) return
  throw new UserError(`GitHub's cache is not available: no ACTIONS_RUNTIME_TOKEN (${option})`, {
    hint: "In a workflow, the action crazy-max/ghaction-github-runtime gives it to the steps after it.",
  })
}

/** Another cache beside it: of one target of several, of a part of the build. */
export function besideCache({ type, attributes }: CacheLocation, suffix: string): CacheLocation {
  if (type === "registry") {
    const ref = withSuffix(attributes.ref ?? "", suffix)
    return { type, attributes: { ...attributes, ref } }
  }
  const { attribute, otherwise } = cacheTypes[type]!.name
  const name = `${attributes[attribute] ?? otherwise}${suffix}`
  return { type, attributes: { ...attributes, [attribute]: name } }
}

/** The same of all caches of a build. */
export function cachesBeside(
  { cacheFrom, cacheTo }: { cacheFrom: readonly CacheLocation[]; cacheTo?: CacheLocation },
  suffix: string,
): { cacheFrom: CacheLocation[]; cacheTo?: CacheLocation } {
  return {
    cacheFrom: cacheFrom.map((each) => besideCache(each, suffix)),
    cacheTo: cacheTo && besideCache(cacheTo, suffix),
  }
}

/** Of an image's name, another tag. */
export function withSuffix(reference: string, suffix: string): string {
  const parsed = parseReference(reference)
  return taggedName({ ...parsed, tag: `${parsed.tag ?? "latest"}${suffix}` })
}

/** As messages name it. */
export function describeCache({ type, attributes }: CacheLocation): string {
  const { ref, src, dest, bucket, account_url: account, scope } = attributes
  return ref ?? src ?? dest ?? bucket ?? account ?? `${type}${scope ? ` (${scope})` : ""}`
}
