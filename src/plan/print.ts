import type { Plan } from "./types.js"

/** JSON that is the same for the same plan: keys stand in the order in which plans are assembled. */
export function printPlan(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`
}
