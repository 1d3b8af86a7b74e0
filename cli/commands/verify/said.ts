import type { Contents } from "../../image/contents/contents.js"

/** What an image says of how it was made. */
export interface Said {
  /** Of its platforms, e.g. `linux/amd64`. */
  platforms: string[]
  revision?: string
  /** Whether the source differed from that commit. */
  modified?: boolean
  /** Time of the commit. */
  created?: string
  version?: string
  /** E.g. `docker.io/library/debian:bookworm-slim`. */
  baseName?: string
  baseDigest?: string
  /** E.g. `1.25.4`. */
  goVersion?: string
  /** Import paths of its programs. */
  programs: string[]
  buildTags?: string[]
  cgo?: boolean
  /** Address of the repository. */
  remote?: string
}

const prefix = "org.opencontainers.image."

/** Labels and the build information of its programs: of one image, or of one for several platforms. */
export function whatItSays([image, ...others]: [Contents, ...Contents[]]): Said {
  const { labels, programs } = image
  // Our own programs are of no commit.
  const stamped = programs.filter(({ settings }) => settings["vcs.revision"] !== undefined)
  const settings = stamped[0]?.settings ?? programs[0]?.settings ?? {}
  const modified = settings["vcs.modified"]
  const [, goVersion] =
    /^go(\d+(?:\.\d+)*(?:rc\d+|beta\d+)?)/.exec((stamped[0] ?? programs[0])?.goVersion ?? "") ?? []
  return {
    platforms: [image, ...others].map(({ platform }) => platform),
    revision: labels[`${prefix}revision`] ?? settings["vcs.revision"],
    modified: modified === undefined ? undefined : modified === "true",
    created: labels[`${prefix}created`],
    version: labels[`${prefix}version`],
    baseName: labels[`${prefix}base.name`],
    baseDigest: labels[`${prefix}base.digest`],
    goVersion,
    programs: programs.flatMap(({ path }) => path ?? []),
    buildTags: settings["-tags"]?.split(","),
    cgo: settings["CGO_ENABLED"] === "1",
    remote: labels[`${prefix}source`],
  }
}

/** https://go.dev/ref/mod#pseudo-versions */
export function isPseudoVersion(version: string): boolean {
  return /[-.]\d{14}-[0-9a-f]{12}$/.test(version)
}

/** The tag that a pseudo-version counts on from. */
export function tagBefore(version: string): string | undefined {
  const [, release, patch, prerelease] =
    /^(v\d+\.\d+)\.(\d+)(-.+)?[-.]0\.\d{14}-[0-9a-f]{12}$/.exec(version) ?? []
  if (release === undefined) return undefined
  return prerelease === undefined
    ? `${release}.${Number(patch) - 1}`
    : `${release}.${patch}${prerelease}`
}
