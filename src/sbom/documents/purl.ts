import type { BuildInfo, Module } from "../programs/build-info.js"
import type { Distribution, OsPackage } from "../os-packages.js"

/** Package URLs: https://github.com/package-url/purl-spec */

/** Of the code that was compiled: of a replaced module, what stands in its place. A folder has none. */
export function modulePurl({ path, version }: Module): string {
  // The type's definition has both parts in lower case.
  const name = path.toLowerCase().split("/").map(encode).join("/")
  return `pkg:golang/${name}${ofVersion(version)}`
}

/** As vulnerability scanners know Go's standard library. */
export function standardLibraryPurl({ goVersion }: Pick<BuildInfo, "goVersion">): string {
  return `pkg:golang/stdlib${ofVersion(plainGoVersion(goVersion))}`
}

/** `go1.25.3 X:nodwarf5` is `1.25.3`. */
export function plainGoVersion(goVersion: string): string {
  return goVersion.replace(/^go(?=\d)/, "").split(" ")[0] ?? ""
}

export function osPackagePurl(
  { manager, name, version, architecture, source }: OsPackage,
  { id, version: release }: Partial<Distribution> = {},
): string {
  const upstream = source && [source.name, source.version].filter(Boolean).join("@")
  return [
    `pkg:${manager}/${encode((id ?? unknownVendor[manager]).toLowerCase())}/${encode(name.toLowerCase())}${ofVersion(version)}`,
    qualifiers({
      arch: architecture,
      distro: id && (release === undefined ? id : `${id}-${release}`),
      upstream,
    }),
  ].join("")
}

const unknownVendor = { deb: "debian", apk: "alpine" } as const

/** @param repository `registry.example.com/team/app`; undefined of an image that is in no registry. */
export function imagePurl(
  name: string,
  digest: string,
  { repository, platform }: { repository?: string; platform?: string },
): string {
  const architecture = platform?.split("/")[1]
  const last = name.slice(name.lastIndexOf("/") + 1).toLowerCase()
  const known = { arch: architecture, repository_url: repository }
  return `pkg:oci/${encode(last)}${ofVersion(digest)}${qualifiers(known)}`
}

function ofVersion(version: string): string {
  return version === "" ? "" : `@${encode(version)}`
}

/** In the order of their names. */
function qualifiers(values: Readonly<Record<string, string | undefined>>): string {
  const all = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`${name}=${encode(value).replaceAll("%2F", "/")}`],
  )
  return all.length > 0 ? `?${all.join("&")}` : ""
}

/** A colon stays as it is, wherever it stands. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":")
}
