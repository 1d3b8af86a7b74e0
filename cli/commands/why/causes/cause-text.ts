import { cut } from "../../../../src/explain/cut.js"
import { listSome } from "../../../../src/list.js"
import { variableText } from "../../../../src/explain/variable-text.js"
import type { Cause, FileCause } from "./cause.js"

/** One reason, as a part of a sentence. */
export function causeText(cause: Cause): string {
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
      return "the engine no longer had its result"
  }
}

function settingText(cause: Extract<Cause, { kind: "setting" }>): string {
  const { what, before, after } = named(cause)
  const text = (value: string) => cut(onOneLine(value), longest)
  // What differs has no name that people know.
  if (before === after) return `${what} changed (${text(after ?? "")})`
  if (before === undefined) return `${what} is new: ${text(after ?? "")}`
  if (after === undefined) return `${what} is gone: ${text(before)}`
  const values = what === "flag -ldflags" ? linkerValuesText(before, after) : undefined
  if (values !== undefined) return `${what} changed: ${values}`
  return `${what} changed: ${differingText(onOneLine(before), onOneLine(after))}`
}

/** As much of a value as is shown. */
const longest = 60

function onOneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ")
}

/** `main.version: v1 -> v2`, where nothing but values of variables is another. */
function linkerValuesText(before: string, after: string): string | undefined {
  const [then, now] = [before, after].map((flags) => {
    const words = flags.replace(/^-ldflags=/, "").split(/\s+/)
    const values = new Map<string, string>()
    const others = words.filter((word, i) => {
      const [, name, value = ""] = /^['"]?([^=]+)=(.*?)['"]?$/.exec(word) ?? []
      if (words[i - 1] !== "-X" || name === undefined) return true
      values.set(name, value)
      return false
    })
    return { values, others: others.filter((word) => word !== "-X").join(" ") }
  }) as [LinkerFlags, LinkerFlags]
  if (then.others !== now.others) return undefined
  const texts = [...new Set([...then.values.keys(), ...now.values.keys()])].flatMap((name) => {
    const [old, current] = [then.values.get(name), now.values.get(name)]
    if (old === current) return []
    return [`${name}: ${differingText(old ?? "none", current ?? "none")}`]
  })
  return texts.length === 0 ? undefined : listed(texts)
}

interface LinkerFlags {
  /** By the names of variables. */
  values: Map<string, string>
  others: string
}

/** Both values; of long ones the part that is not the same in both, with some of what is around it. */
function differingText(before: string, after: string): string {
  if (before.length <= longest && after.length <= longest) return `${before} -> ${after}`
  const shorter = Math.min(before.length, after.length)
  let begin = 0
  while (begin < shorter && before[begin] === after[begin]) begin++
  let end = 0
  while (end < shorter - begin && before.at(-1 - end) === after.at(-1 - end)) end++
  const from = begin <= around + 1 ? 0 : begin - around
  const left = end <= around + 1 ? 0 : end - around
  const shown = (value: string) => {
    const part = cut(value.slice(from, value.length - left), longest)
    return `${from > 0 ? "…" : ""}${part}${left > 0 && !part.endsWith("…") ? "…" : ""}`
  }
  return `${shown(before)} -> ${shown(after)}`
}

/** So many letters of what is the same are shown. */
const around = 20

/** Of a variable, what it is for, and its value for people. */
function named({ what, before, after }: Extract<Cause, { kind: "setting" }>) {
  const [, name] = /^variable (\w+)$/.exec(what) ?? []
  if (name === undefined) return { what, before, after }
  return {
    what: variableText(name).what,
    before: variableText(name, before).value,
    after: variableText(name, after).value,
  }
}

export function was(change: FileCause["change"]): string {
  return { changed: "changed", added: "is new in the build", removed: "is no longer in the build" }[
    change
  ]
}

function short(digest: string): string {
  return digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1")
}

/** A few of them, in a sentence. */
export function listed(names: readonly string[]): string {
  return listSome(names, 3)
}
