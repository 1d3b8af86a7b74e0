/** A tag that is a version as Go has them: `v1.2.3`, `services/api/v1.2.3-rc.1`. https://go.dev/ref/mod#vcs-version */
export interface VersionTag {
  /** Of the module in the repository, empty for its root. */
  folder: string
  /** Without build metadata: `v1.2.3-rc.1`. */
  version: string
  /** Whether that is all of it: `v1.2.3+meta` only says what came before a commit. */
  isCanonical: boolean
}

const number = "(?:0|[1-9]\\d*)"
const identifier = `(?:${number}|\\d*[A-Za-z-][0-9A-Za-z-]*)`
const versionTag = new RegExp(
  `^(?:(.+)/)?(v${number}\\.${number}\\.${number}(?:-${identifier}(?:\\.${identifier})*)?)(\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
)

/** https://go.dev/ref/mod#pseudo-versions */
const pseudoVersion = /^v\d+\.(?:0\.0-|\d+\.\d+-(?:[^+]*\.)?0\.)\d{14}-[A-Za-z0-9]+(?:\+.*)?$/

/** Undefined of a tag that is none, also of one that looks like a pseudo-version. */
export function parseVersionTag(tag: string): VersionTag | undefined {
  const [, folder = "", version, metadata] = versionTag.exec(tag) ?? []
  if (version === undefined || pseudoVersion.test(version)) return undefined
  return { folder, version, isCanonical: metadata === undefined }
}

/** A version as people have it, where Go may not: `6.14.1`, `v1.2`, `2024.11.3-beta`. */
export function isVersionOfPeople(tag: string): boolean {
  return /^v?\d+(?:\.\d+)+(?:[-+][0-9A-Za-z.+-]+)?$/.test(tag) && !pseudoVersion.test(tag)
}

/** `v1` of `v1.2.3`. */
export function majorOf(version: string): string {
  return version.slice(0, version.indexOf("."))
}

/** Of versions as above, as Go orders them: not by the semver package, which refuses numbers of more than 16 digits. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [split(a), split(b)]
  return (
    compareLists(left.numbers, right.numbers) ||
    Number(left.before.length === 0) - Number(right.before.length === 0) ||
    compareLists(left.before, right.before)
  )
}

/** `before` is what says that it comes before the version of these numbers: `rc.1`. */
function split(version: string): { numbers: string[]; before: string[] } {
  const [, numbers = "", before = ""] = /^v?([^-]*)(?:-(.*))?$/.exec(version) ?? []
  return { numbers: numbers.split("."), before: before === "" ? [] : before.split(".") }
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right === undefined) return 1
    const order = compareIdentifiers(left, right)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** https://semver.org/#spec-item-11: numbers by value, and before words. */
function compareIdentifiers(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  if (isNumber && a.length !== b.length) return a.length - b.length
  return a === b ? 0 : a < b ? -1 : 1
}

/** Of many tags, those that a version can depend on: the highest of each folder and major version, sorted. */
export function highestTags(tags: readonly string[]): string[] {
  const highest = new Map<string, { tag: string; version: string }>()
  for (const tag of [...tags].sort()) {
    const parsed = parseVersionTag(tag)
    if (!parsed) continue
    const key = `${parsed.folder} ${majorOf(parsed.version)}`
    const before = highest.get(key)
    if (!before || compareVersions(parsed.version, before.version) > 0) {
      highest.set(key, { tag, version: parsed.version })
    }
  }
  return [...highest.values()].map(({ tag }) => tag).sort()
}
