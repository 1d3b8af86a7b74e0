import { slowLines, slowTitle } from "../../record/slow-packages.js"
import { formatSeconds } from "../../terminal/progress/lines.js"
import type { WhyAccount } from "./account.js"
import { causeText, was } from "./causes/cause-text.js"
import type { Cause, FileCause } from "./causes/cause.js"
import { chainText } from "./groups.js"
import type { Packages } from "./packages.js"
import { packagesText } from "./packages-text.js"

/** As many files of a kind as are named. */
const most = 8

export function whyText(account: WhyAccount): string {
  const { before, again, failed, packages, slow } = account
  const lines = [
    ...(again === undefined
      ? []
      : [
          `Nothing has changed since: the build of ${localTime(again)} took all steps from the cache. This is what was built before it.`,
          "",
        ]),
    ...(failed
      ? [
          `The build of ${localTime(failed.time)} failed: ${failed.reason}. The one before it worked, and is explained here.`,
          "",
        ]
      : []),
    ...(before === undefined ? firstText(account) : comparedText(account, before)),
    ...(packages ? ["", ...packagesText(packages)] : []),
    ...(slow.length > 0 ? ["", `${slowTitle}:`, ...slowLines(slow)] : []),
  ]
  return `${lines.join("\n")}\n`
}

/** Of the first one, what took how long is all that can be said. */
function firstText({ time, ran, cached }: WhyAccount): string[] {
  const steps = ran.length + cached
  const longest = [...ran].sort((a, b) => b.seconds - a.seconds).slice(0, most)
  return [
    `The build of ${localTime(time)} is the first one of this project that is known on this machine: there is none to compare it with.`,
    ...(ran.length === 0 ? [`All ${steps} steps were in the cache.`] : []),
    ...(longest.length > 0 ? ["", `${ran.length} of ${steps} steps ran; the longest:`] : []),
    ...longest.map(({ step, seconds }) => `${formatSeconds(seconds).padStart(12)}  ${step}`),
  ]
}

function comparedText(account: WhyAccount, before: string): string[] {
  const { time, decisions, files, ran, cached, packages } = account
  const lines = [
    `The build of ${localTime(time)}, compared with the one of ${localTime(before)}:`,
    "",
    ...decisions.map(
      ({ what, before, after, from }) =>
        `${what}: ${before ?? "none"} -> ${after ?? "none"}${from === undefined ? "" : `  (${from})`}`,
    ),
    ...files.slice(0, most).map(({ path, change }) => `${path} ${was(change)}`),
    ...(files.length > most ? [`and ${files.length - most} more files`] : []),
    ...(decisions.length + files.length > 0 ? [""] : []),
  ]
  const steps = ran.length + cached
  if (ran.length === 0) lines.push(`Nothing ran again: all ${steps} steps were in the cache.`)
  for (const { step, seconds, causes } of ran) {
    const [first = "", ...others] = causeTexts(causes, packages)
    const told = others.length === 0 ? [` ${first}`] : ["", first, ...others]
    lines.push(`${step} ran, ${formatSeconds(seconds)}, because${told.join("\n  - ")}`)
  }
  if (ran.length > 0 && cached > 0) lines.push(`${cached} of ${steps} steps were in the cache.`)
  if (ran.some(({ causes }) => causes.some(({ kind }) => kind === "collected")))
    lines.push("", ...collected)
  return lines
}

/** Said once, of all steps for which it is so. */
const collected = [
  "Of results that the engine no longer had, no change of files, options or base image is known. When its cache reaches its",
  "limit, an engine removes what was used seldom or long ago, which may be of the build before; or somebody prunes it. Where",
  'the limit is, and how to raise it: docs/caches.md, "The limit of an engine\'s cache".',
]

function causeTexts(causes: readonly Cause[], packages: Packages | undefined): string[] {
  const files = causes.filter((cause): cause is FileCause => cause.kind === "file")
  const others = causes.filter(({ kind }) => kind !== "file").map(causeText)
  return [...(files.length > 0 ? [filesText(files, packages)] : []), ...others]
}

/** The files, and of the first one the way by which a program has it. */
function filesText(files: readonly FileCause[], packages: Packages | undefined): string {
  const shown = files.slice(0, 3).map(({ path, change }) => `${path} ${was(change)}`)
  const more =
    files.length > shown.length ? ` and ${files.length - shown.length} more files changed` : ""
  return `${shown.join(", ")}${more}${importedBy(files, packages)}`
}

function importedBy(files: readonly FileCause[], packages: Packages | undefined): string {
  const compiled = packages?.all ? [] : (packages?.compiled ?? [])
  const origin = compiled.find((each) =>
    each.files.some((file) => files.some(({ path }) => path === file)),
  )
  const [longest] = compiled
    .filter(({ through }) => origin !== undefined && through.at(-1) === origin.package)
    .sort((a, b) => b.through.length - a.through.length)
  if (!longest) return ""
  const between = longest.through.slice(0, -1)
  const way = between.length > 0 ? ` through ${chainText(between)}` : ""
  return ` (imported by ${longest.package}${way})`
}

/** `2026-11-27 10:38:05`, as the clock on the wall has it. */
function localTime(time: string): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, "0")
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-")
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`
}
