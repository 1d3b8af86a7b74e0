import { programName } from "../../program-name.js"
import type { Contents } from "../../image/contents/contents.js"
import { compare, type Change } from "../inspect/difference.js"
import type { Difference } from "./first-difference.js"
import type { Rebuild } from "./rebuild.js"
import type { Said } from "./said.js"
import type { FoundSource } from "./source-of.js"

export interface Compared {
  said: Said
  source: FoundSource
  rebuild: Rebuild
  difference: Difference
  image: Contents
  rebuilt: Contents
}

/** What explains that an image differs, and what to type where that would give the same; the most telling first. */
export function explain(compared: Compared): string[] {
  const { said, source, image, rebuilt } = compared
  const changes = compare(image, rebuilt)
  const reasons = [
    ...(source.doubt === undefined ? [] : [`the source: ${source.doubt}`]),
    ...baseOf(compared, changes),
    ...programsOf(changes, said, source.doubt !== undefined),
    ...configurationOf(changes),
  ]
  return reasons.length > 0 ? reasons : unknown(compared)
}

const label = "org.opencontainers.image."

function baseOf(compared: Compared, changes: readonly Change[]): string[] {
  const { said, difference } = compared
  const digest = changes.find(
    ({ kind, name }) => kind === "label" && name === `${label}base.digest`,
  )
  const name = changes.find(({ kind, name }) => kind === "label" && name === `${label}base.name`)
  if (name) {
    return [`base image: ${name.before ?? "none"}, here ${name.after ?? "none"} (--runtime)`]
  }
  if (digest) {
    const [was, is] = [digest.before, digest.after].map((each) =>
      each === undefined ? "without a digest" : `@${each}`,
    )
    return [`base image ${said.baseName}: ${was}, here ${is} (go-image.lock)`]
  }
  const isOfBase = (difference.layer ?? Infinity) <= baseLayers(compared)
  if (!isOfBase || said.baseName === undefined) return []
  return [
    `base image: ${said.baseName} has changed since, and the image was built without its digest; \`${programName} lock\` before a build keeps it`,
  ]
}

/** All layers but those that steps of the plan make. */
function baseLayers({ rebuild, rebuilt }: Compared): number {
  const [{ stages }] = rebuild.plans
  let own = 0
  let stage = stages.at(-1)
  while (stage) {
    own += stage.steps.filter(({ type }) => makesLayer.has(type)).length
    const { from } = stage
    stage = "stage" in from ? stages.find(({ name }) => name === from.stage) : undefined
  }
  return rebuilt.layers.length - own
}

const makesLayer = new Set(["copy", "run", "file", "working-directory"])

/** By the settings that a Go program has of its build. https://pkg.go.dev/runtime/debug#BuildSetting */
const optionOf: Readonly<Partial<Record<string, string>>> = {
  "-tags": "--build-tags",
  "-ldflags": "--linker-values",
  CGO_ENABLED: "--cgo",
  GOARCH: "--platform",
}

/** What comes of Go's version, and of the commit. */
const followsOthers = ["DefaultGODEBUG", "vcs.time"]

function programsOf(changes: readonly Change[], said: Said, isDoubted: boolean): string[] {
  const reasons = changes.flatMap(({ kind, name, before, after }): string[] => {
    const [, key = ""] = /: ([^:]+)$/.exec(name) ?? []
    const told = `${before ?? "none"}, here ${after ?? "none"}`
    if (kind === "program" && key === "Go") return [`Go: ${told} (--go-version ${said.goVersion})`]
    if (kind === "program" && key === "module") return [`version of the main module: ${told}`]
    if (kind === "program" && before !== undefined && after === undefined)
      return [`program ${name}: not built here (--packages)`]
    if (kind === "program" && before === undefined)
      return [`program ${name}: only built here (--packages)`]
    if (kind === "module") return [`module ${key}: ${told} (go.mod)`]
    if (kind !== "setting") return []
    if (key === "vcs.revision") return [`commit: ${told} (--source)`]
    if (followsOthers.includes(key)) return []
    if (key === "vcs.modified") {
      if (isDoubted) return []
      return [
        before === "true"
          ? "the image was built with changes that were not committed"
          : "the source has changes that are not committed",
      ]
    }
    return [`${key}: ${told} (${optionOf[key] ?? `--build-environment ${key}=${before ?? ""}`})`]
  })
  return [...new Set(reasons)]
}

/** By the fields of an image's configuration. */
const optionOfField: Readonly<Partial<Record<string, string>>> = {
  User: "--user",
  Env: "--environment",
  Entrypoint: "--command, --entry-arguments",
  Cmd: "--command, --default-arguments",
  WorkingDir: "--working-directory",
  ExposedPorts: "--port",
  Volumes: "--volumes",
  StopSignal: "--stop-signal",
  Healthcheck: "--health-check",
}

function configurationOf(changes: readonly Change[]): string[] {
  return changes.flatMap(({ kind, name, before, after }): string[] => {
    const told = `${before ?? "none"}, here ${after ?? "none"}`
    if (kind === "configuration")
      return [`${name}: ${listed(before, after)} (${optionOfField[name] ?? "--runtime"})`]
    if (kind === "label") {
      if (name.startsWith(`${label}base.`)) return []
      return [`label ${name}: ${told} (${optionOfLabel(name)})`]
    }
    if (
      kind === "annotation" &&
      !changes.some((each) => each.kind === "label" && each.name === name)
    ) {
      return [`annotation ${name}: ${told} (--annotation)`]
    }
    return kind === "image" && name === "created" ? [`created: ${told} (--source-date-epoch)`] : []
  })
}

/** Of lists, what only one of them has. */
function listed(before: string | undefined, after: string | undefined): string {
  const [one, other] = [before, after].map((text): unknown => JSON.parse(text ?? "null"))
  if (!Array.isArray(one) || !Array.isArray(other))
    return `${before ?? "none"}, here ${after ?? "none"}`
  const only = (all: unknown[], not: unknown[]) =>
    all.filter((each) => !not.includes(each)).join(" ") || "none"
  return `${only(one, other)}, here ${only(other, one)}`
}

function optionOfLabel(name: string): string {
  switch (name) {
    case `${label}version`:
      return "--git-tag; `git fetch --tags`"
    case `${label}revision`:
      return "--source, --revision"
    case `${label}created`:
      return "--revision-time, --source-date-epoch"
    case `${label}source`:
      return "the address of the repository's remote"
    default:
      return "--label"
  }
}

/** Nothing that the image says. */
function unknown({ rebuild: { facts }, difference }: Compared): string[] {
  const made = [
    ...(facts.frontends ? ["a front end's build"] : []),
    ...(facts.hooks.preCompile ? [facts.hooks.preCompile.file] : []),
    ...(facts.hooks.postCompile ? [facts.hooks.postCompile.file] : []),
  ]
  if (difference.layer === undefined)
    return ["another version of go-image or BuildKit, which writes images differently"]
  return made.length > 0
    ? [`the output of ${made.join(" and ")}, which may differ each time`]
    : [
        "nothing in the image explains it; possible reasons: a file that is not in Git, an option such as --keep or --drop, another version of go-image or BuildKit",
      ]
}
