import type { Facts } from "../../detect/facts.js"
import { shortRevision, type GitState } from "../../git-state.js"
import type { Module } from "../../detect/modules/modules.js"
import type { StampKind, StampVariable } from "../../detect/stamp/stamp-variables.js"
import { majorOf, parseVersionTag } from "../../detect/git/version-tag.js"
import { UserError } from "../../errors.js"
import type { Found } from "../../found.js"
import { parseLinkerValue, type LinkerValue } from "../../settings/linker-value.js"
import type { Settings } from "../../settings/resolve.js"
import type { GoVersion } from "../go/version/go-version.js"
import { goModuleVersion, imageVersion } from "./module-version.js"
import type { Argument, Decision } from "../types.js"
import { releaseArguments } from "./release-arguments.js"
import { templateValues, expandLinkerValues } from "./linker-values.js"

/** Which version and commit an image is of, and how its programs say so. */
export interface Stamp {
  git?: GitState
  /** E.g. `v1.2.3`, `v1.2.4-0.20250301093000-1d2f6a1c08b1+dirty`. */
  version?: string
  /** What the linker sets in the programs of a module, the caller's values among them. */
  linkerValues: (module: Module) => LinkerValue[]
  /** Build information of the programs of a module, as the go command has it of a checkout. */
  buildInfo: (module: Module) => BuildInfo | undefined
  /** What of it is another with each release. */
  arguments: Argument[]
  decisions: Decision[]
  notices: string[]
}

export interface BuildInfo {
  /** Of the main module. */
  version?: string
  settings: { key: string; value: string }[]
}

export function chooseStamp(
  facts: Facts,
  settings: Settings,
  goVersion: GoVersion,
  program: string | undefined,
): Stamp {
  mustBeAutoOrOff(settings)
  const { git } = facts
  const version = git && versionOf(git, facts)
  const given = expandLinkerValues(
    settings,
    templateValues(git, version, program, settings.platform?.value),
  )
  const variables = facts.stampVariables ?? []
  const found = (module: Module) =>
    git ? setVariables(variables, given.values, { git, version: versionOf(git, module) }) : []
  const ofMakefile = valuesOf(facts.linkerValues, given.values)
  const infoOf = (module: Module) =>
    git && !facts.legacy ? buildInfo(git, module, goVersion) : undefined
  return {
    ...(git && { git }),
    ...(version !== undefined && { version }),
    arguments: git ? releaseArguments(git, version, infoOf(facts)?.version) : [],
    linkerValues: (module) => [...given.values, ...ofMakefile, ...found(module)],
    buildInfo: infoOf,
    decisions: [
      ...stampDecisions(git, version),
      ...linkerDecisions([
        ...given.values.map((each) => ({ ...each, from: settings.linkerValues?.from ?? "" })),
        ...ofMakefile,
        ...found(facts),
      ]),
    ],
    notices: [
      ...given.notices,
      ...(git
        ? [
            ...tagNotices(git, version, infoOf(facts)?.version, facts),
            ...ownValueNotices(variables, given.values),
          ]
        : []),
    ],
  }
}

/** A tag that is no version is one for people. */
function versionOf(git: GitState, { goMod, folder }: Module): string | undefined {
  return imageVersion(git, { path: goMod.module.value, folder }) ?? git.tags[0]
}

/** Whoever builds, or another file of the project, may have set one to something else. */
function valuesOf(
  found: readonly Found<string>[] = [],
  given: readonly LinkerValue[],
): (LinkerValue & { from: string })[] {
  return found
    .map(({ value, file, line }) => {
      const from = `${file}:${line}`
      return { ...parseLinkerValue(value, from), from }
    })
    .filter(({ symbol }) => !given.some((each) => each.symbol === symbol))
}

function linkerDecisions(found: readonly (LinkerValue & { from: string })[]): Decision[] {
  return found.map(({ symbol, value, from }) => ({
    what: "linker value",
    value: `${symbol}=${value}`,
    from,
  }))
}

function mustBeAutoOrOff({ stamp }: Settings): void {
  if (stamp === undefined || stamp.value === "auto" || stamp.value === "off") return
  throw new UserError(`invalid value ${JSON.stringify(stamp.value)} (${stamp.from})`, {
    hint: "--stamp takes auto or off.",
  })
}

/** Which tag of the commit it is, where it is one. */
function versionFrom(git: GitState, version: string): string {
  const plain = version.replace(/\+dirty$/, "")
  const isIt = (tag: string) => tag === plain || tag.endsWith(`/${plain}`)
  const found = git.tags.find(isIt)
  if (found === undefined) return git.from
  const folder = parseVersionTag(found)?.folder
  // Those of other folders are of other modules.
  const others = git.tags.filter((tag) => !isIt(tag) && parseVersionTag(tag)?.folder === folder)
  return others.length > 0
    ? `tag ${found}, the highest of ${[found, ...others].sort().join(", ")}`
    : `tag ${found}`
}

/** A tag that is on the commit, and of no use, or of none to Go. Those of other folders are of other modules. */
function tagNotices(
  git: GitState,
  version: string | undefined,
  module: string | undefined,
  { goMod, folder }: Module,
): string[] {
  if (version === undefined) return []
  const tag = git.tags.find((each) => each === version.replace(/\+dirty$/, ""))
  if (tag !== undefined) {
    if (module === undefined || module === version || module.endsWith(`/${version}`)) return []
    const reason =
      parseVersionTag(tag) === undefined
        ? "is not a version as Go has them, such as v1.2.3"
        : `is of another major version than ${goMod.module.value}`
    return [`the commit's tag ${tag} ${reason}: \`go version -m\` says ${module}`]
  }
  const unfit = git.tags.filter((each) => parseVersionTag(each) === undefined)
  const own = [git.folder ?? "", folder].filter(Boolean).join("/")
  const ofOthers = git.tags.flatMap((each) => parseVersionTag(each) ?? [])
  const [other] = ofOthers.filter(
    (each) => each.folder === own && line(each.version) !== line(version),
  )
  const isSaid = `the image's version is ${version}`
  if (other) {
    const path = goMod.module.value
    return [`the commit's tag ${other.version} is of another major version than ${path}: ${isSaid}`]
  }
  if (unfit.length === 0 || ofOthers.length > 0) return []
  const names = unfit.map((each) => JSON.stringify(each)).join(", ")
  return [
    unfit.length === 1
      ? `the commit's tag ${names} is not a version such as v1.2.3: ${isSaid}`
      : `the commit's tags ${names} are not versions such as v1.2.3: ${isSaid}`,
  ]
}

/** A module's path has no major version below 2. https://go.dev/ref/mod#major-version-suffixes */
function line(version: string): string {
  return majorOf(version).replace("v0", "v1")
}

function stampDecisions(git: GitState | undefined, version: string | undefined): Decision[] {
  if (!git) return []
  const state = git.modified ? ", with changes that are not committed" : ""
  return [
    ...(version === undefined
      ? []
      : [{ what: "version", value: version, from: versionFrom(git, version) }]),
    { what: "commit", value: `${shortRevision(git)}${state}`, from: git.from },
  ]
}

/** As cmd/go has them, since Go 1.18; the version since 1.24. */
function buildInfo(git: GitState, { goMod }: Module, { minor }: GoVersion): BuildInfo | undefined {
  if (minor !== undefined && minor < 18) return undefined
  const version =
    minor === undefined || minor >= 24 ? goModuleVersion(git, goMod.module.value) : undefined
  return {
    ...(version !== undefined && { version }),
    settings: [
      { key: "vcs", value: "git" },
      { key: "vcs.revision", value: git.revision },
      ...(git.time === undefined ? [] : [{ key: "vcs.time", value: git.time }]),
      ...(git.modified === undefined ? [] : [{ key: "vcs.modified", value: String(git.modified) }]),
    ],
  }
}

interface Known {
  git: GitState
  version: string | undefined
}

/** Whoever builds has set some already. */
function setVariables(
  variables: readonly StampVariable[],
  given: readonly LinkerValue[],
  known: Known,
): (LinkerValue & { from: string })[] {
  const taken = new Set(given.map(({ symbol }) => symbol))
  return variables.flatMap(({ symbol, kind, file, line, own }) => {
    const value = valueOf(kind, known)
    if (value === undefined || own !== undefined || taken.has(symbol)) return []
    taken.add(symbol)
    return [{ symbol, value, from: `${file}:${line}` }]
  })
}

function valueOf(kind: StampKind, { git, version }: Known): string | undefined {
  switch (kind) {
    case "version":
      return version
    case "commit":
      return git.revision
    case "shortCommit":
      return shortRevision(git)
    case "date":
      return git.time
    case "tag":
      return git.tags[0]
    case "treeState":
      return git.modified === undefined ? undefined : git.modified ? "dirty" : "clean"
  }
}

function ownValueNotices(
  variables: readonly StampVariable[],
  given: readonly LinkerValue[],
): string[] {
  const isGiven = new Set(given.map(({ symbol }) => symbol))
  return variables
    .filter(
      ({ symbol, kind, own }) => kind === "version" && own !== undefined && !isGiven.has(symbol),
    )
    .map(
      ({ symbol, file, line, own }) =>
        `${file}:${line}: ${symbol} keeps its own value ${JSON.stringify(own)}; --linker-values '${symbol}={{.Version}}' sets it`,
    )
}
