import { UserError } from "../../src/errors.js"
import { SetupError } from "../errors.js"

/** A released version of Go, e.g. 1.25.4; before Go 1.21 the first of each minor had no patch: 1.20. */
export interface GoVersion {
  minor: number
  patch: number
  /** E.g. `rc1`; none for a release. */
  prerelease?: string
}

export interface Choice {
  /** As the toolchain module has it, e.g. `1.25.4`. */
  version: string
  /** Whether the tag asked for exactly another one. */
  substitute: boolean
}

/**
 * The version of Go, among those that exist, that a tag of Docker Hub's `golang` (without the distribution's name)
 * stands for: the newest patch of a minor, or the next patch where the very one asked for is missing.
 */
export function chooseVersion(tag: string, available: string[]): Choice {
  const releases = available
    .filter((version) => parse(version) && !parse(version)?.prerelease)
    .sort(compare)
  const newest = releases.at(-1)
  if (newest === undefined) {
    throw new SetupError("the Go module proxy has no version of Go")
  }
  if (tag === "latest" || tag === "1") return { version: newest, substitute: false }
  const isMinor = /^1\.\d+$/.test(tag)
  if (!isMinor && available.includes(tag)) return { version: tag, substitute: false }

  const wanted = parse(tag)
  const sameMinor = releases.filter((version) => parse(version)?.minor === wanted?.minor)
  const newestPatch = sameMinor.at(-1)
  if (newestPatch === undefined || !wanted || wanted.prerelease) {
    const minors = new Set(releases.map((version) => `1.${parse(version)?.minor}`))
    throw new UserError(`Go ${tag} does not exist, so golang:${tag} cannot be made`, {
      hint: `Available: ${[...minors].join(", ")}; the newest is ${newest}.`,
    })
  }
  if (isMinor) return { version: newestPatch, substitute: false }
  const next = sameMinor.find((version) => (parse(version)?.patch ?? 0) >= wanted.patch)
  if (next === undefined) {
    throw new UserError(`Go ${tag} does not exist, so golang:${tag} cannot be made`, {
      hint: `The newest of Go 1.${wanted.minor} is ${newestPatch}.`,
    })
  }
  return { version: next, substitute: true }
}

function parse(version: string): GoVersion | undefined {
  const groups = /^1\.(?<minor>\d+)(\.(?<patch>\d+)|(?<pre>(rc|beta)\d+))?$/.exec(version)?.groups
  if (!groups) return undefined
  return {
    minor: Number(groups.minor),
    patch: Number(groups.patch ?? 0),
    prerelease: groups.pre,
  }
}

/** Of releases. */
function compare(a: string, b: string): number {
  const left = parse(a)
  const right = parse(b)
  if (!left || !right) return 0
  return left.minor - right.minor || left.patch - right.patch
}
