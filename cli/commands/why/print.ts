import { UserError } from "../../../src/errors.js"
import { formatSeconds } from "../../terminal/progress/lines.js"
import type { WhyAccount } from "./account.js"
import type { Cause, FileCause } from "./compare.js"
import type { CompiledPackage, Packages } from "./packages.js"

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
    lines.push(`${step} ran, ${formatSeconds(seconds)}, because ${causesText(causes, packages)}`)
  }
  if (ran.length > 0 && cached > 0) lines.push(`${cached} of ${steps} steps were in the cache.`)
  if (packages) lines.push("", ...packagesText(packages))
  return `${lines.join("\n")}\n`
}

/** Of one package alone. */
export function packageText(
  name: string,
  { packages, before }: WhyAccount,
  all: readonly string[],
): string {
  if (!all.includes(name)) {
    throw new UserError(`the programs need no package ${name}`, {
      hint: `They need ${all.slice(0, most).join(", ")}${all.length > most ? ` and ${all.length - most} more` : ""}.`,
    })
  }
  const found = packages?.compiled.find((each) => each.package === name)
  if (!found) {
    const reason = packages
      ? "nothing that it is compiled from changed"
      : "nothing was compiled: the step was in the cache"
    return `${name} was not compiled again: ${reason}.${perhaps(packages)}\n`
  }
  const again = before === undefined ? "compiled" : "compiled again"
  const was = found.maybe ? "may have been" : "was"
  return `${name} ${was} ${again}: ${reasonOf(found, packages)}.${perhaps(packages)}\n`
}

function packagesText(packages: Packages): string[] {
  const { own, compiled, all } = packages
  if (all?.kind === "first") {
    return [`All ${own} own packages were compiled, but for what Go's cache had of other builds.`]
  }
  if (all)
    return [
      `All ${own} own packages were compiled again, but for what Go's cache had of earlier builds: ${causeText(all)}.`,
    ]
  if (compiled.length === 0) {
    return [`No own package changed (${own} in all).${perhaps(packages)}`]
  }
  const width = Math.min(40, Math.max(...compiled.map((each) => each.package.length)))
  // Those that are sure come first.
  const shown = [...compiled]
    .sort((a, b) => Number(a.maybe ?? false) - Number(b.maybe ?? false))
    .slice(0, most * 3)
  const sure = compiled.filter(({ maybe }) => !maybe).length
  const others = compiled.length - sure
  return [
    `By files and imports, ${sure} of ${own} own packages were compiled again${others > 0 ? `, and perhaps ${others} more` : ""}:`,
    ...shown.map((each) => `  ${each.package.padEnd(width)}  ${reasonOf(each, packages)}`),
    ...(compiled.length > shown.length ? [`  and ${compiled.length - shown.length} more`] : []),
    ...(packages.perhapsAll ? [perhaps(packages).trim()] : []),
  ]
}

/** What is not known without the compiler. */
function perhaps(packages: Packages | undefined): string {
  const cause = packages?.perhapsAll
  return cause ? ` Others may have been compiled again as well: ${causeText(cause)}.` : ""
}

function reasonOf(
  { files, through, modules, maybe }: CompiledPackage,
  packages: Packages | undefined,
): string {
  const { all, compiled = [] } = packages ?? {}
  if (all) return all.kind === "first" ? "nothing is known of a build before" : causeText(all)
  if (files.length > 0) return `${listed(files)} changed`
  if (maybe && modules.length > 0) {
    return `perhaps: it imports modules that may use ${listed(modules)}, which changed`
  }
  if (modules.length > 0) return `it imports ${listed(modules)}, which changed`
  const [next = "", ...others] = through
  const origin = compiled.find((each) => each.package === (others.at(-1) ?? next))
  const what = [...(origin?.files ?? []), ...(origin?.modules ?? [])]
  const changed = what.length === 0 ? "" : `, where ${listed(what)} changed`
  if (!maybe) return `it imports ${next}${changed}`
  const way = others.length > 0 ? `, which imports ${others.join(" -> ")}` : ""
  return `only if ${next} came out different${way}${changed}`
}

function causesText(causes: readonly Cause[], packages: Packages | undefined): string {
  const files = causes.filter((cause): cause is FileCause => cause.kind === "file")
  const others = causes.filter(({ kind }) => kind !== "file").map(causeText)
  return [...others, ...(files.length > 0 ? [filesText(files, packages)] : [])].join("; ")
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
  const way = between.length > 0 ? ` through ${between.join(", ")}` : ""
  return ` (imported by ${longest.package}${way})`
}

function causeText(cause: Cause): string {
  switch (cause.kind) {
    case "file":
      return `${cause.path} ${was(cause.change)}`
    case "setting":
      return settingText(cause)
    case "base":
      return cause.before === undefined
        ? `${cause.image} is its base`
        : `its base image ${cause.image === cause.after ? "" : `${cause.image} `}changed: ${short(cause.before)} -> ${short(cause.after ?? "")}`
    case "stage":
      return `the result of stage ${cause.stage} changed`
    case "no-cache":
      return "--no-cache was given"
    case "engine":
      return `another engine built it: ${cause.before} -> ${cause.after}`
    case "first":
      return "no earlier build is known"
    case "collected":
      return "the engine no longer had its result (no change of files, options or base image is known)"
  }
}

function settingText({ what, before, after }: Extract<Cause, { kind: "setting" }>): string {
  const text = (value: string) => (value.length > 60 ? `${value.slice(0, 59)}…` : value)
  if (before === undefined) return `${what} is new: ${text(after ?? "")}`
  if (after === undefined) return `${what} is gone: ${text(before)}`
  // Of long values, what is not the same in both.
  const same = Math.max(0, [...before].findIndex((letter, at) => letter !== after[at]) - 20)
  const differing = (value: string) => (same === 0 ? text(value) : text(`…${value.slice(same)}`))
  return `${what} changed: ${differing(before)} -> ${differing(after)}`
}

function was(change: FileCause["change"]): string {
  return { changed: "changed", added: "is new in the build", removed: "is no longer in the build" }[
    change
  ]
}

function short(digest: string): string {
  return digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1")
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ")
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown
}

/** `2026-11-27 10:38:05`, as the clock on the wall has it. */
function localTime(time: string): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, "0")
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(two).join("-")
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`
}
