import { copyrightLicense } from "./licenses/debian-copyright.js"

/** A package that the base's package manager has installed. */
export interface OsPackage {
  manager: "deb" | "apk"
  name: string
  version: string
  architecture: string
  /** What it was built from, where that has another name or version: vulnerabilities are told by it. */
  source?: { name: string; version?: string }
  /** As the package itself says it; an SPDX expression for the most part. */
  license?: string
}

/** https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
export interface Distribution {
  /** `debian`, `alpine`, `wolfi` */
  id: string
  /** `12`, `3.22.1`; rolling ones have none. */
  version?: string
  /** As people know it. */
  name?: string
}

/** Where an image says which packages are installed in it, without the slash at the front. */
const databases: readonly [RegExp, (text: string) => OsPackage[]][] = [
  [/^var\/lib\/dpkg\/status$/, readDpkg],
  // Distroless has a file for each, and their checksums beside them.
  [/^var\/lib\/dpkg\/status\.d\/[^/]+(?<!\.md5sums)$/, readDpkg],
  [/^(?:usr\/)?lib\/apk\/db\/installed$/, readApk],
]

const releaseFiles = ["etc/os-release", "usr/lib/os-release"]

/** That of RPM is not text. */
const unreadable =
  /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/

/** Its first line says which release of the time zone database it is. */
const zonesFile = "usr/share/zoneinfo/tzdata.zi"

const copyrightFile = /^usr\/share\/doc\/[^/]+\/copyright$/

/** What of it counts: of a long text, what it comes to. */
export function whatItTells(path: string, text: string): string {
  return copyrightFile.test(path) ? (copyrightLicense(text) ?? "") : text
}

/** A package whose documentation is that of another one has a link in place of its folder. */
export function isDocumentation(path: string): boolean {
  return /^usr\/share\/doc\/[^/]+(?:\/copyright)?$/.test(path)
}

/** Whether a file tells what is installed. */
export function isOfSystem(path: string): boolean {
  return (
    releaseFiles.includes(path) ||
    path === zonesFile ||
    copyrightFile.test(path) ||
    databases.some(([pattern]) => pattern.test(path)) ||
    unreadable.test(path)
  )
}

/** What an image has of others, besides what its programs were linked from. */
export interface System {
  distribution?: Distribution
  packages: OsPackage[]
  /** Release of the time zone database: `2025b`. */
  timeZones?: string
  /** A list of packages is there that is not read here. */
  unread?: string
}

/** What an SBOM lacks, for people. */
export function unreadNotes(images: readonly System[]): string[] {
  const lists = new Set(images.flatMap(({ unread }) => unread ?? []))
  return [...lists].map((list) => `packages of the base are not listed: no support for ${list}`)
}

/**
 * @param files What those that tell it come to, by their paths.
 * @param links Where links among the documentation lead.
 */
export function readSystem(
  files: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, string> = new Map(),
): System {
  const packages = [...files].flatMap(([path, text]) => {
    const read = databases.find(([pattern]) => pattern.test(path))?.[1]
    return (read?.(text) ?? []).map((each) => withCopyright(each, files, links))
  })
  const release = releaseFiles.map((path) => files.get(path)).find((text) => text?.trim())
  const distribution = release === undefined ? undefined : readRelease(release)
  const [, timeZones] = /^# version (\w+)/.exec(files.get(zonesFile) ?? "") ?? []
  const unread = [...files.keys()].find((path) => unreadable.test(path))
  return {
    ...(distribution && { distribution }),
    packages: packages.sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version)),
    ...(timeZones !== undefined && { timeZones }),
    ...(unread !== undefined && { unread: `/${unread}` }),
  }
}

function withCopyright(
  each: OsPackage,
  files: ReadonlyMap<string, string>,
  links: ReadonlyMap<string, string>,
): OsPackage {
  const documentation = "usr/share/doc"
  let name = each.name
  // A link to a link, and no further.
  for (let steps = 0; each.manager === "deb" && steps < 3; steps++) {
    const license = files.get(`${documentation}/${name}/copyright`)
    if (license) return { ...each, license }
    const target =
      links.get(`${documentation}/${name}`) ?? links.get(`${documentation}/${name}/copyright`)
    const next = /([^/]+)(?:\/copyright)?\/?$/.exec(target ?? "")?.[1]
    if (next === undefined) break
    name = next
  }
  return each
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** https://man7.org/linux/man-pages/man5/deb-control.5.html, a paragraph each */
function readDpkg(text: string): OsPackage[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name: string) =>
      new RegExp(`^${name}:[ \\t]*(.+)$`, "m").exec(paragraph)?.[1]?.trim()
    const [name, version] = [field("Package"), field("Version")]
    // Of one that was removed, its configuration may be left.
    const isInstalled = / installed$/.test(field("Status") ?? "ok installed")
    if (name === undefined || version === undefined || !isInstalled) return []
    const [, source = "", sourceVersion] =
      /^(\S+)(?: \((\S+)\))?$/.exec(field("Source") ?? "") ?? []
    return [
      {
        manager: "deb",
        name,
        version,
        architecture: field("Architecture") ?? "all",
        ...(source !== "" && { source: { name: source, version: sourceVersion } }),
      } satisfies OsPackage,
    ]
  })
}

/** https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2 */
function readApk(text: string): OsPackage[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}:(.+)$`, "m").exec(paragraph)?.[1]?.trim()
    const [name, version, source, license] = [field("P"), field("V"), field("o"), field("L")]
    if (name === undefined || version === undefined) return []
    return [
      {
        manager: "apk",
        name,
        version,
        architecture: field("A") ?? "noarch",
        ...(source !== undefined && source !== name && { source: { name: source } }),
        ...(license !== undefined && { license }),
      } satisfies OsPackage,
    ]
  })
}

function readRelease(text: string): Distribution | undefined {
  const value = (name: string) =>
    new RegExp(`^${name}=(["']?)(.*)\\1$`, "m").exec(text)?.[2]?.trim() || undefined
  const [id, version, name] = [value("ID"), value("VERSION_ID"), value("PRETTY_NAME")]
  if (id === undefined) return undefined
  return { id, ...(version !== undefined && { version }), ...(name !== undefined && { name }) }
}
