import satisfies from "semver/functions/satisfies.js"
import validRange from "semver/ranges/valid.js"
import type { Facts } from "../detect/facts.js"
import type { Found } from "../detect/found.js"
import { UserError } from "../errors.js"
import type { Setting } from "../settings/resolve.js"
import { defaultMinor, lastPatches, newestMinor, oldestMinor } from "./go-releases.js"

/** The Go that builds the project, as the tag of an image: `1.25` and `1` float, `1.25.3` does not. */
export interface GoVersion {
  tag: string
  /** Undefined for `1`, the newest. */
  minor?: number
  /** Asked for by a person, not read off go.mod: then no other toolchain may take its place. */
  explicit: boolean
  from: string
  notices: string[]
}

/** Resolves in the order: setting, comment in go.mod, .go-version, go.mod's and go.work's toolchain and go lines, default. */
export function resolveGoVersion(facts: Facts, setting: Setting<string> | undefined): GoVersion {
  const asked = setting
    ? { text: setting.value, from: setting.from }
    : asText(facts.goMod.herokuGoVersion ?? facts.goVersionFile)
  const required = requiredVersion(facts)
  if (asked) {
    const version = parseVersion(asked.text, asked.from)
    if (required && isBelow(version.tag, required.version)) {
      throw new UserError(
        `Go ${version.tag} was asked for, but ${required.from} needs ${required.version}`,
        {
          hint: `${asked.from} says ${asked.text}. Ask for ${minorOf(required.version)} or newer there, or nothing at all.`,
        },
      )
    }
    return { ...version, explicit: true, from: asked.from, notices: [] }
  }
  return required
    ? fromRequirement(required)
    : {
        tag: `1.${defaultMinor}`,
        minor: defaultMinor,
        explicit: false,
        from: "default",
        notices: [],
      }
}

function asText(found: Found<string> | undefined) {
  return found && { text: found.value, from: `${found.file}:${found.line}` }
}

/** `1.25`, `go1.25.3`, `v1.25`, `1.26rc1`, `1.25.x`, `latest`, or a range that semver reads. */
function parseVersion(text: string, from: string): Pick<GoVersion, "tag" | "minor"> {
  const version = text.trim().replace(/^(?:go|v)(?=\d)/i, "")
  if (/^(?:latest|stable|1|1\.[x*])$/i.test(version)) return { tag: "1" }
  const [, minorText, patch, prerelease] =
    /^1\.(\d+)(?:\.(\d+|[x*]))?((?:rc|beta)\d+)?$/i.exec(version) ?? []
  if (minorText !== undefined) {
    const minor = Number(minorText)
    if (minor < oldestMinor) throw tooOld(text, from)
    const hasPatch = patch !== undefined && /\d/.test(patch)
    return { tag: `1.${minor}${hasPatch ? `.${patch}` : ""}${prerelease ?? ""}`, minor }
  }
  const range = validRange(version.replace(/(^|[\s<>=~^|-])(?:go|v)(?=\d)/gi, "$1"))
  if (range === null) {
    throw new UserError(`not a Go version: ${JSON.stringify(text)} (${from})`, {
      hint: `Write a version such as 1.${defaultMinor} or 1.${defaultMinor}.3, a range such as ">=1.24", or latest.`,
    })
  }
  return newestIn(range) ?? rejectRange(range, text, from)
}

/** The newest release in the range; by a floating tag where later patches are in it too. */
function newestIn(range: string): Pick<GoVersion, "tag" | "minor"> | undefined {
  if (satisfies(`1.${newestMinor + 1}.0`, range)) return { tag: "1" }
  for (const [minor, lastPatch] of lastPatches) {
    if (satisfies(`1.${minor}.${lastPatch + 1}`, range)) return { tag: `1.${minor}`, minor }
    for (let patch = lastPatch; patch >= 0; patch--) {
      if (satisfies(`1.${minor}.${patch}`, range)) return { tag: `1.${minor}.${patch}`, minor }
    }
  }
  return undefined
}

function rejectRange(range: string, text: string, from: string): never {
  throw new UserError(`no Go release is in the range ${JSON.stringify(text)} (${from})`, {
    hint: `It reads as ${range}; known releases go from 1.${oldestMinor} to 1.${newestMinor}.`,
  })
}

function tooOld(text: string, from: string): UserError {
  return new UserError(`Go ${text} is too old (${from})`, {
    hint: `The oldest Go that can be used is 1.${oldestMinor}. A newer Go builds old modules as well: ask for 1.${defaultMinor}.`,
  })
}

interface Required {
  version: string
  from: string
}

/** The highest of the go and toolchain lines: what the go command itself would insist on. https://go.dev/doc/toolchain */
function requiredVersion({ goMod, goWork }: Facts): Required | undefined {
  const lines = [goMod.go, goMod.toolchain, goWork?.go, goWork?.toolchain]
  let highest: Required | undefined
  for (const found of lines) {
    if (!found || found.value === "default") continue
    // `go1.25.3-custom` is some vendor's 1.25.3.
    const version = found.value.replace(/^go/, "").replace(/-.*/, "")
    if (!highest || isBelow(highest.version, version)) {
      highest = { version, from: `${found.file}:${found.line}` }
    }
  }
  return highest
}

/** A go line names the least that will do, so its minor's newest patch is used; a release candidate has no patches. */
function fromRequirement({ version, from }: Required): GoVersion {
  const { minor = defaultMinor, prerelease } = split(version)
  if (minor < oldestMinor) {
    return {
      tag: `1.${defaultMinor}`,
      minor: defaultMinor,
      explicit: false,
      from: "default",
      notices: [
        `${from}: Go ${version} is older than 1.${oldestMinor}; Go 1.${defaultMinor} builds it as language version ${version}`,
      ],
    }
  }
  const notices =
    minor > newestMinor
      ? [`${from}: Go 1.${minor} is newer than any Go known here (1.${newestMinor})`]
      : []
  return { tag: prerelease ? version : `1.${minor}`, minor, explicit: false, from, notices }
}

function minorOf(version: string): string {
  return `1.${split(version).minor ?? defaultMinor}`
}

function split(version: string) {
  const [, minor, patch, prerelease] = /^1\.(\d+)(?:\.(\d+))?([a-z]+\d+)?$/.exec(version) ?? []
  return {
    minor: minor === undefined ? undefined : Number(minor),
    patch: patch === undefined ? undefined : Number(patch),
    prerelease,
  }
}

/** Whether the tag's Go is surely older; a floating tag stands for its newest patch, a release candidate for less than .0. */
function isBelow(tag: string, version: string): boolean {
  const a = split(tag)
  const b = split(version)
  if (a.minor === undefined || b.minor === undefined) return false
  if (a.minor !== b.minor) return a.minor < b.minor
  if (a.prerelease || b.prerelease) return Boolean(a.prerelease) && !b.prerelease
  return a.patch !== undefined && a.patch < (b.patch ?? 0)
}
