import type { Mount, RunStep } from "../types.js"

/** A program that prepares something, then starts another one: its words come first, and it needs these mounts. */
export interface Starter {
  args: readonly string[]
  mounts: readonly Mount[]
}

/** The command, by way of it. */
export function startedBy(step: RunStep, { args, mounts }: Starter): RunStep {
  return { ...step, args: [...args, ...step.args], mounts: [...step.mounts, ...mounts] }
}
