import type { Facts } from "../../../detect/facts.js"
import type { Found } from "../../../found.js"

/** The go lines, and these with the toolchain lines. */
export function requirementsOf(facts: Facts) {
  const { workspace } = facts
  // Of several lines that say the same, its own is the one that a person looks at.
  const modules = [facts, ...(workspace?.modules ?? facts.furtherModules)]
  const goLines = [...modules.map(({ goMod }) => goMod.go), workspace?.go]
  const toolchains = [...modules.map(({ goMod }) => goMod.toolchain), workspace?.toolchain]
  return { goLines, all: [...goLines, ...toolchains] }
}

export interface Required {
  version: string
  from: string
}

/** The newest that the lines ask for. https://go.dev/doc/toolchain */
export function newest(lines: readonly (Found<string> | undefined)[]): Required | undefined {
  let newest: Required | undefined
  for (const found of lines) {
    if (!found || found.value === "default") continue
    // `go1.25.3-custom` is some vendor's 1.25.3.
    const version = found.value.replace(/^go/, "").replace(/-.*/, "")
    if (!newest || compare(newest.version, version) < 0) {
      newest = { version, from: `${found.file}:${found.line}` }
    }
  }
  return newest
}

export function split(version: string) {
  const [, major, minor, patch, prerelease = ""] =
    /^(\d+)(?:\.(\d+))?(?:\.(\d+))?([a-z]+\d+)?$/.exec(version) ?? []
  return {
    major: Number(major),
    minor: Number(minor ?? 0),
    patch: patch === undefined ? undefined : Number(patch),
    prerelease,
  }
}

/** The newest Go that a go or toolchain line of the project needs. */
export function newestRequired(facts: Facts): Required | undefined {
  return newest(requirementsOf(facts).all)
}

/** Whether the tag's Go is surely older: a floating tag stands for the newest patch. */
export function isOlder(tag: string, version: string): boolean {
  const { major, minor, patch, prerelease } = split(tag)
  if (patch !== undefined || prerelease) return compare(tag, version) < 0
  const least = split(version)
  return tag !== "1" && (major < least.major || minor < least.minor)
}

/** As go/version does: 1.24 (the language) < 1.24rc1 < 1.24.0; before 1.21 there was no 1.20.0, that was 1.20. */
function compare(x: string, y: string): number {
  const [a, b] = [split(x), split(y)]
  const patch = ({ minor, patch, prerelease }: typeof a) =>
    patch ?? (minor < 21 && !prerelease ? 0 : -1)
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    patch(a) - patch(b) ||
    a.prerelease.localeCompare(b.prerelease, "en", { numeric: true })
  )
}
