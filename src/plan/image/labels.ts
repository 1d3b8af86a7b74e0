import type { Facts } from "../../detect/facts.js"
import { formatPlace, UserError } from "../../errors.js"
import { isoTime } from "../../iso-time.js"
import { parseReference, taggedName } from "../../reference.js"
import type { Settings } from "../../settings/resolve.js"
import type { Stamp } from "../version/stamp.js"
import type { Binary, Decision, ImageConfig } from "../types.js"
import type { Setting } from "../../settings/setting.js"
import type { Found } from "../../found.js"

/** What an image says of itself to those who have not run it. */
export interface ImageLabels {
  labels: Label[]
  /** Of its manifest, and of its index where there is one. */
  annotations: Label[]
  decisions: Decision[]
}

export interface Label {
  name: string
  value: string
}

interface Known extends Label {
  from: string
}

/** Each from what is known; https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export function chooseLabels(
  facts: Facts,
  settings: Settings,
  stamp: Stamp,
  { binaries, baseImage }: { binaries: readonly Binary[]; baseImage: string | undefined },
): ImageLabels {
  const known = standardLabels(facts, settings, stamp, binaries, baseImage)
  const processes = (facts.procfile?.processes ?? []).map(({ type, command }) => ({
    name: `go-image.process.${type}`,
    value: command,
  }))
  const given = parseLabels(settings.label, "a label")
  return {
    labels: merge([...processes, ...known, ...given]),
    annotations: merge([
      ...known,
      ...given.filter(isStandard),
      ...parseLabels(settings.annotation, "an annotation"),
    ]),
    decisions: known
      // The others repeat what is said elsewhere.
      .filter(({ from }) => from.includes(":"))
      .map(({ name, value, from }) => ({
        what: "label",
        value: `${name.slice(prefix.length)}=${value}`,
        from,
      })),
  }
}

const prefix = "org.opencontainers.image."

function isStandard({ name }: Label): boolean {
  return name.startsWith(prefix)
}

function standardLabels(
  facts: Facts,
  settings: Settings,
  { git, version }: Stamp,
  binaries: readonly Binary[],
  baseImage: string | undefined,
): Known[] {
  const about = facts.about ?? {}
  const [binary, another] = binaries
  const ofGit = (value: string | undefined) =>
    value === undefined || !git ? undefined : { value, from: git.from }
  const base = baseImage === undefined ? undefined : splitDigest(baseImage)
  const all: Record<string, { value: string; from: string } | undefined> = {
    title:
      found(about.title) ??
      (binary && !another ? { value: binary.name, from: "program" } : undefined),
    description: found(about.description),
    version: ofGit(version),
    revision: ofGit(git?.revision),
    created: created(settings, git?.time) ?? undefined,
    source: ofGit(git?.remote) ?? found(about.source),
    documentation: found(about.documentation),
    authors: found(about.authors),
    licenses: found(about.licenses),
    "base.name": base && { value: base.name, from: "runtime" },
    "base.digest": base?.digest === undefined ? undefined : { value: base.digest, from: "runtime" },
  }
  return Object.entries(all).flatMap(([name, each]) =>
    each ? [{ name: prefix + name, ...each }] : [],
  )
}

function found(each: Found<string> | undefined): { value: string; from: string } | undefined {
  return each && { value: each.value, from: formatPlace(each) }
}

/** The commit's time, unless whoever builds says another one. https://reproducible-builds.org/specs/source-date-epoch/ */
function created({ sourceDateEpoch }: Settings, time: string | undefined) {
  if (!sourceDateEpoch) return time === undefined ? undefined : { value: time, from: "commit" }
  const seconds = parseEpoch(sourceDateEpoch)
  return { value: isoTime(seconds), from: sourceDateEpoch.from }
}

/** Of what a build makes itself. */
export function imageTimes({ sourceDateEpoch }: Settings): Pick<ImageConfig, "sourceDateEpoch"> {
  return sourceDateEpoch ? { sourceDateEpoch: parseEpoch(sourceDateEpoch) } : {}
}

/** Seconds since 1970. */
function parseEpoch({ value, from }: Setting<string>): number {
  if (/^\d{1,11}$/.test(value)) return Number(value)
  throw new UserError(`not a number of seconds since 1970: ${JSON.stringify(value)} (${from})`, {
    hint: "Give it as `git log -1 --format=%ct` prints it.",
  })
}

/** Of a name that is there twice, the last value counts, in the first one's place. */
function merge(labels: readonly Label[]): Label[] {
  const merged = new Map(labels.map(({ name, value }) => [name, value]))
  return [...merged].map(([name, value]) => ({ name, value }))
}

function parseLabels(setting: Setting<string[]> | undefined, what: string): Label[] {
  return (setting?.value ?? []).map((text) => {
    const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? []
    // What Docker and the registries agree on.
    if (/^[A-Za-z0-9](?:[\w./-]*[A-Za-z0-9])?$/.test(name)) return { name, value }
    throw new UserError(`not ${what}: ${JSON.stringify(text)} (${setting?.from})`, {
      hint: "Write NAME=value, the name of letters, digits and . _ - /, e.g. com.example.team=shop.",
    })
  })
}

function splitDigest(text: string): { name: string; digest?: string } | undefined {
  const reference = parseReference(text)
  const { registry, digest } = reference
  // Stands for a container that the caller gave, whose name nobody knows.
  if (registry.endsWith(".invalid")) return undefined
  return { name: taggedName(reference), ...(digest !== undefined && { digest }) }
}
