import satisfies from "semver/functions/satisfies.js"
import validRange from "semver/ranges/valid.js"
import type { Facts } from "../../../detect/facts.js"
import { UserError } from "../../../errors.js"
import {
  defaultMinor,
  firstRequiringMinor,
  lastPatches,
  newestMinor,
  oldestMinor,
} from "./go-releases.js"
import type { Setting } from "../../../settings/setting.js"
import type { Found } from "../../../found.js"
import { requirementsOf, type Required, newest, split, isOlder } from "./required-version.js"

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

/**
 * Resolves in the order: setting, comment in go.mod, .go-version, a version manager's file, go.mod's and go.work's toolchain
 * and go lines, the Dockerfile's golang image, default.
 */
export function resolveGoVersion(facts: Facts, setting: Setting<string> | undefined): GoVersion {
  const version = resolve(facts, setting)
  return { ...version, notices: [...version.notices, ...supportNotice(version)] }
}

/** The two newest minors get security releases, until another one comes out. https://go.dev/doc/devel/release#policy */
function supportNotice({ minor, tag, from }: GoVersion): string[] {
  if (minor !== undefined && minor > newestMinor) {
    return [`${from}: Go 1.${minor} is newer than any Go known here (1.${newestMinor})`]
  }
  if (minor === undefined || minor > newestMinor - 2) return []
  return [
    `Go ${tag} (${from}) gets no more security releases; 1.${newestMinor - 1} and 1.${newestMinor} do (--go-version 1.${newestMinor})`,
  ]
}

function resolve(facts: Facts, setting: Setting<string> | undefined): GoVersion {
  const asked = setting
    ? { text: setting.value, from: setting.from }
    : asText(facts.goMod.herokuGoVersion ?? facts.goVersionFile)
  const { goLines, all } = requirementsOf(facts)
  if (asked) {
    const version = parseVersion(asked.text, asked.from)
    // A toolchain line is but a suggestion, which the go command leaves aside where it may not switch.
    const least = newest(goLines)
    if (least && isOlder(version.tag, least.version)) {
      throw new UserError(
        `Go ${version.tag} was asked for, but ${least.from} needs ${least.version}`,
        {
          hint: `${asked.from} says ${asked.text}. Ask for 1.${split(least.version).minor} or newer there, or remove it.`,
        },
      )
    }
    const isOfFile = asked.from === asText(facts.goVersionFile)?.from
    const notices = isOfFile ? withoutEffect(asked, facts.toolVersions) : []
    return { ...version, explicit: true, from: asked.from, notices }
  }
  const required = newest(all)
  const [first, ...others] = facts.toolVersions ?? []
  const tool = asText(first)
  if (tool) {
    const version = parseVersion(tool.text, tool.from)
    if (!required || !isOlder(version.tag, required.version)) {
      const notices = withoutEffect(tool, others)
      return { ...version, explicit: false, from: tool.from, notices }
    }
    const notice = `${tool.from}: Go ${tool.text} is older than the ${required.version} that ${required.from} needs; the newer one is used`
    const found = fromRequirement(required)
    return { ...found, notices: [notice, ...found.notices] }
  }
  const found = required ? fromRequirement(required) : fromDefault()
  const ofDockerfile = fromDockerfile(facts, required)
  if (found.from === "default") return ofDockerfile ?? found
  return { ...found, notices: [...found.notices, ...otherInDockerfile(found, ofDockerfile)] }
}

/** Who has a Dockerfile may expect its Go: go.mod says which is needed, whoever builds it. */
function otherInDockerfile(found: GoVersion, other: GoVersion | undefined): string[] {
  const isNewer = (other?.minor ?? 0) > (found.minor ?? Infinity)
  return other && isNewer
    ? [
        `${other.from} has Go ${other.tag}, but ${found.from} decides here: Go ${found.tag} (--go-version ${other.tag} for the other)`,
      ]
    : []
}

/** Whoever uses the other tool has another Go than the image. */
function withoutEffect(
  first: { text: string; from: string },
  others: readonly Found<string>[] = [],
): string[] {
  const plain = (text: string) => text.replace(/^(?:go-?|v)/, "").replace(/(?:\.[x*])+$/, "")
  return others
    .filter(({ value }) => plain(value) !== plain(first.text))
    .map(
      ({ value, file, line }) =>
        `${file}:${line}: Go ${value} has no effect; ${first.from} comes first and says ${first.text}`,
    )
}

function fromDefault(): GoVersion {
  const tag = `1.${defaultMinor}`
  return { tag, minor: defaultMinor, explicit: false, from: "default", notices: [] }
}

/** What the project was built with otherwise; a Go that cannot be used here is no reason to refuse the project. */
function fromDockerfile(
  { dockerfileGo }: Facts,
  required: Required | undefined,
): GoVersion | undefined {
  const asked = asText(dockerfileGo)
  const minor = Number(asked?.text.split(".")[1])
  if (!asked || minor < oldestMinor || (required && isOlder(asked.text, required.version))) {
    return undefined
  }
  return { ...parseVersion(asked.text, asked.from), explicit: false, from: asked.from, notices: [] }
}

function asText(found: Found<string> | undefined) {
  return found && { text: found.value, from: `${found.file}:${found.line}` }
}

/**
 * `1.25`, `go1.25.3`, `v1.25`, `1.26rc1`, `1.25.x`, `latest`, or a range that semver reads; also goenv's `go-1.25.3`, and
 * setup-go's `oldstable` and `1.26.0-rc.1`.
 */
function parseVersion(text: string, from: string): Pick<GoVersion, "tag" | "minor"> {
  const version = text
    .trim()
    .toLowerCase()
    .replace(/^(?:go-?|v)(?=\d)/, "")
    .replace(/^(1\.\d{1,4})\.0-(rc|beta)\.(\d{1,4})$/, "$1$2$3")
  if (version === "oldstable") return { tag: `1.${newestMinor - 1}`, minor: newestMinor - 1 }
  if (/^(?:latest|stable|1|1\.[x*])$/.test(version)) return { tag: "1" }
  const [, minorText, patch, prerelease] =
    /^1\.(\d{1,4})(?:\.(\d{1,4}|[x*]))?((?:rc|beta)\d{1,4})?$/.exec(version) ?? []
  if (minorText !== undefined) {
    const minor = Number(minorText)
    if (minor < oldestMinor) throw tooOld(text, from)
    if (patch === undefined || !/\d/.test(patch))
      return { tag: `1.${minor}${prerelease ?? ""}`, minor }
    checkPatch(minor, Number(patch), from)
    return { tag: `1.${minor}.${patch}`, minor }
  }
  // To semver, nothing is any version. What is longer is no range that a person wrote.
  const isRange = version !== "" && version.length <= 100
  const range = isRange ? validRange(version.replace(/(^|[\s<>=~^|-])(?:go|v)(?=\d)/g, "$1")) : null
  if (range === null) {
    throw new UserError(`not a Go version: ${JSON.stringify(text.slice(0, 100))} (${from})`, {
      hint: `Write a version such as 1.${defaultMinor} or 1.${defaultMinor}.3, a range such as ">=1.24", or latest.`,
    })
  }
  return newestIn(range) ?? rejectRange(range, text, from)
}

/** Two minors have patches still to come; what is known of the others is all there will ever be. */
function checkPatch(minor: number, patch: number, from: string): void {
  const last = lastPatches.get(minor)
  if (minor > newestMinor - 2 || last === undefined || patch <= last) return
  throw new UserError(`there is no Go 1.${minor}.${patch} (${from})`, {
    hint: `The last patch of that release is 1.${minor}.${last}; 1.${minor} means the same.`,
  })
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

/** A go line names the least that will do, so its minor's newest patch is used; a release candidate has no patches. */
function fromRequirement({ version, from }: Required): GoVersion {
  const { major, minor, prerelease } = split(version)
  if (major !== 1) {
    throw new UserError(`${from} needs Go ${version}, which does not exist`, {
      hint: `Write a version such as 1.${defaultMinor}.`,
    })
  }
  if (minor < firstRequiringMinor) {
    return {
      tag: `1.${defaultMinor}`,
      minor: defaultMinor,
      explicit: false,
      from: "default",
      notices: [
        `${from}: Go ${version} is a language version, not the Go that is needed; Go 1.${defaultMinor} builds it`,
      ],
    }
  }
  const isKnown = minor <= newestMinor
  const tag = prerelease && !isKnown ? version : `1.${minor}`
  return { tag, minor, explicit: false, from, notices: [] }
}
