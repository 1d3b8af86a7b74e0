import { cut } from "../../../src/explain/cut.js"
import { listSome } from "../../../src/list.js"
import { variableText } from "../../../src/explain/variable-text.js"
import type { Cause, FileCause } from "./compare.js"

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
      return "the engine no longer had its result (no change of files, options or base image is known)"
  }
}

function settingText(cause: Extract<Cause, { kind: "setting" }>): string {
  const { what, before, after } = named(cause)
  const text = (value: string) => cut(value, 60)
  // What differs has no name that people know.
  if (before === after) return `${what} changed (${text(after ?? "")})`
  if (before === undefined) return `${what} is new: ${text(after ?? "")}`
  if (after === undefined) return `${what} is gone: ${text(before)}`
  // Of long values, what is not the same in both.
  const same = Math.max(0, [...before].findIndex((letter, at) => letter !== after[at]) - 20)
  const differing = (value: string) => (same === 0 ? text(value) : text(`…${value.slice(same)}`))
  return `${what} changed: ${differing(before)} -> ${differing(after)}`
}

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
