import { commandText } from "../../../../src/explain/command-text.js"
import type { CopyStep, Mount, Step } from "../../../../src/plan/types.js"
import { setting, unique, type Cause } from "./cause.js"

/** What is said of a step that no word is known for. */
export const howItIsBuilt = "how it is built"

/** What differs between the steps of a stage, then and now. */
export function settingsOf(after: readonly Step[], before: readonly Step[]): Cause[] {
  return unique([...variablesOf(after, before), ...commandsOf(after, before)])
}

function variablesOf(after: readonly Step[], before: readonly Step[]): Cause[] {
  const [now, then] = [after, before].map(
    (steps) =>
      new Map(
        steps.flatMap((step) => (step.type === "environment" ? [[step.name, step.value]] : [])),
      ),
  ) as [Map<string, string>, Map<string, string>]
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((name) =>
    then.get(name) === now.get(name)
      ? []
      : [setting(`variable ${name}`, then.get(name), now.get(name))],
  )
}

function commandsOf(after: readonly Step[], before: readonly Step[]): Cause[] {
  const others = (steps: readonly Step[]) => steps.filter(({ type }) => type !== "environment")
  const [now, then] = [others(after), others(before)]
  const causes: Cause[] = []
  for (const [i, step] of now.entries()) {
    const old = then[i]
    if (JSON.stringify(step) === JSON.stringify(old)) continue
    if (step.type === "run" && old?.type === "run") {
      // Of a script that is an argument itself, no word is one that people know.
      const scripts = [step, old].map(({ args }) => args.filter((word) => word.includes("\n")))
      if (`${scripts[0]?.join("")}` === `${scripts[1]?.join("")}`)
        causes.push(...argumentsOf(step.args, old.args))
      causes.push(...cachesOf(step.mounts, old.mounts))
    }
    if (step.type === "copy" && old?.type === "copy" && step.path === old.path) {
      causes.push(...copiesOf(step, old))
    }
    if (causes.length === 0) causes.push(setting(howItIsBuilt, describe(old), describe(step)))
    // Those after it are others because of it, as a rule.
    break
  }
  return causes
}

/** The same files are copied otherwise. */
function copiesOf(after: CopyStep, before: CopyStep): Cause[] {
  const what = after.path === "." ? "the project" : after.path
  const [now = [], then = []] = [after.exclude, before.exclude]
  const gone = then.filter((each) => !now.includes(each)).join(", ")
  const come = now.filter((each) => !then.includes(each)).join(", ")
  return [
    ...(gone + come === ""
      ? []
      : [setting(`what is left out of ${what}`, gone || undefined, come || undefined)]),
    ...(after.to === before.to ? [] : [setting(`where ${what} is copied to`, before.to, after.to)]),
  ]
}

function cachesOf(after: readonly Mount[], before: readonly Mount[]): Cause[] {
  const [now, then] = [after, before].map(
    (mounts) =>
      new Map(mounts.flatMap((each) => (each.type === "cache" ? [[each.target, each.id]] : []))),
  ) as [Map<string, string>, Map<string, string>]
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((target) =>
    then.get(target) === now.get(target)
      ? []
      : [setting(`cache ${target}`, then.get(target), now.get(target))],
  )
}

/** Words of a command that came or went, each flag with what it was. */
function argumentsOf(after: readonly string[], before: readonly string[]): Cause[] {
  const nameOf = (word: string) => (word.startsWith("-") ? (word.split("=")[0] ?? word) : word)
  const gone = before.filter((word) => !after.includes(word))
  const come = after.filter((word) => !before.includes(word))
  return [...new Set([...gone, ...come].map(nameOf))].map((name) =>
    setting(
      name.startsWith("-") ? `flag ${name}` : "command",
      gone.find((word) => nameOf(word) === name),
      come.find((word) => nameOf(word) === name),
    ),
  )
}

function describe(step: Step | undefined): string | undefined {
  if (!step) return undefined
  if (step.type === "run") return commandText(step.args)
  if (step.type === "copy") return `copy ${step.path}`
  return "path" in step ? `${step.type} ${step.path}` : step.type
}
