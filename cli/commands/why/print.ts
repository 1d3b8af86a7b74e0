import { formatSeconds } from "../../terminal/progress/lines.js"
import type { WhyAccount } from "./account.js"
import { causeText, was } from "./cause-text.js"
import type { Cause, FileCause } from "./compare.js"
import { chainText } from "./groups.js"
import type { Packages } from "./packages.js"
import { packagesText } from "./packages-text.js"

/** As many files of a kind as are named. */
const most = 8

export function whyText(account: WhyAccount): string {
  const { before, decisions, files, ran, cached, packages } = account
  const lines = [
    before === undefined
      ? `The build of ${localTime(account.time)} is the first one of this project that is known on this machine.`
      : `The build of ${localTime(account.time)}, compared with the one of ${localTime(before)}:`,
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
  if (packages) lines.push("", ...packagesText(packages))
  return `${lines.join("\n")}\n`
}

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
