import type { Plan } from "../../../../src/plan/types.js"
import type { SlowPackage } from "../../../../src/plan/go/slow-packages.js"
import { slowestText, slowPackages } from "../../../record/slow-packages.js"
import type { DoneStep } from "../../../engine/engine.js"
import { programName } from "../../../program-name.js"
import { formatBytes } from "../../../terminal/format-bytes.js"
import { formatSeconds } from "../../../terminal/progress/lines.js"
import { shortenStep } from "../../../terminal/step-name.js"
import { baseOf, type SummaryLayer } from "./layers.js"

/** What was built, from what, what it weighs, what took the time, and how it is started. */
export interface BuildSummary {
  /** Of project.toml, where there are several. */
  target?: string
  name: string
  version?: string
  commit?: string
  goVersion?: string
  base: string
  platforms: string[]
  digest?: string
  images: readonly string[]
  archive?: string
  layers?: SummaryLayer[]
  seconds: number
  steps: { name: string; seconds: number; cached: boolean }[]
  /** Packages that took the compiler long. */
  slow: SlowPackage[]
  run: string[]
}

export function summarise(
  plan: Plan,
  {
    steps,
    ...known
  }: Pick<
    BuildSummary,
    | "target"
    | "platforms"
    | "digest"
    | "images"
    | "archive"
    | "layers"
    | "goVersion"
    | "seconds"
    | "run"
  > & { steps: readonly DoneStep[] },
): BuildSummary {
  const decided = (name: string) => plan.decisions.find(({ what }) => what === name)?.value
  return {
    name: known.target ?? (plan.binaries.map((each) => each.name).join(", ") || "image"),
    version: decided("version"),
    commit: decided("commit"),
    goVersion: decided("Go version"),
    base: baseOf(plan),
    ...known,
    steps: steps.map(({ name, seconds, cached }) => ({ name: shortenStep(name), seconds, cached })),
    slow: slowPackages(steps),
  }
}

/** Steps that took the most of the time, of which so many are named. */
const named = 3

/** A few lines: no more than what is asked for most. */
export function summaryLines(summary: BuildSummary): string[] {
  const { name, version, goVersion, base, platforms, layers, seconds, steps, slow, run } = summary
  const with_ = goVersion === undefined ? base : `Go ${goVersion} on ${base}`
  const of = platforms.length > 0 ? ` for ${platforms.join(", ")}` : ""
  const rows: [string, string][] = [
    [
      "built",
      `${[name, version].filter(Boolean).join(" ")}${of}: ${with_}, in ${formatSeconds(seconds)}`,
    ],
  ]
  if (layers && layers.length > 0) rows.push(["size", sizeText(layers)])
  rows.push(["time", timeText(steps)])
  const slowest = slowestText(slow)
  if (slowest !== undefined) rows.push(["slow", `${slowest}; more: ${programName} why`])
  run.forEach((line, i) => rows.push([i === 0 ? "run" : "", line]))
  return rows.map(([what, text]) => `${what.padEnd(6)}${text}`)
}

function sizeText(layers: readonly SummaryLayer[]): string {
  const total = layers.reduce((sum, { size }) => sum + size, 0)
  // Some have nothing but a folder.
  const parts = layers
    .filter(({ size }) => size >= 1000)
    .map(({ what, size }) => `${what} ${formatBytes(size)}`)
  return `${formatBytes(total)} compressed: ${parts.join(" + ")}`
}

function timeText(steps: BuildSummary["steps"]): string {
  const cached = steps.filter((step) => step.cached).length
  const all = `${cached} of ${steps.length} steps cached`
  const longest = steps
    .filter((step) => !step.cached && step.seconds >= 0.1)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, named)
    .map((step) => `${step.name} ${formatSeconds(step.seconds)}`)
  return [...longest, all].join("; ")
}
