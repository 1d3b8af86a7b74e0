import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import type { Facts } from "../../../src/detect/facts.js"
import type { Options } from "../../../src/options.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import type { Plan } from "../../../src/plan/types.js"
import { toKebabCase } from "../../../src/settings/table/table.js"
import { MemorySource } from "./memory-source.js"
import type { Setting } from "../../../src/settings/setting.js"

export type Files = Readonly<Record<string, string>>

export const main = "package main\n\nfunc main() { println() }\n"

/** The least that is a project, with what a test is about added or put in its place. */
export function project(files: Files = {}): Files {
  return { "go.mod": "module example.com/hello\n\ngo 1.25\n", ...files }
}

/** Main packages at these paths: `.`, `./cmd/api`. */
export function mains(...paths: string[]): Files {
  return Object.fromEntries(
    paths.map((path) => [`${path}/main.go`.replace(/^(?:\.\/)+/, ""), main]),
  )
}

export function detectIn(files: Files, options: Options = {}): Promise<DetectedProject> {
  return detect(new MemorySource(files), { options, environment: {} })
}

export async function factsOf(files: Files): Promise<Facts> {
  return (await detectIn(files)).facts
}

export async function planOf(files: Files, options: Options = {}): Promise<Plan> {
  const { facts, settings } = await detectIn(files, options)
  return assemblePlan(facts, settings)
}

/** As if it was asked for on the command line. */
export function option<T>(name: keyof Options, value: T): Setting<T> {
  return { value, from: `--${toKebabCase(name)}` }
}
