import { withArguments } from "./release-arguments.js"
import { stepsWithoutReport } from "../plan/go/slow-packages.js"
import type { Mount, Origin, Plan, Stage, Step } from "../plan/types.js"

/** What a person would not write: checks, reports of what took long, cache volumes named for several projects. */
export function forPeople(plan: Plan): Plan {
  const stages = withoutChecks(plan.stages).map(({ steps, ...stage }) => ({
    ...stage,
    steps: stepsWithoutReport(tidy(steps)),
  }))
  return withArguments({ ...plan, stages: withPlainVolumes(stages) })
}

/** What a stage that checks makes is what it begins with. */
function withoutChecks(stages: readonly Stage[]): Stage[] {
  const instead = new Map(
    stages.flatMap(({ name, from, isCheck }) =>
      isCheck && "stage" in from ? [[name, from.stage] as const] : [],
    ),
  )
  const origin = <T extends object>(from: T): T =>
    "stage" in from && typeof from.stage === "string"
      ? { ...from, stage: instead.get(from.stage) ?? from.stage }
      : from
  const kept = stages
    .filter(({ name }) => !instead.has(name))
    .map((stage) => ({
      ...stage,
      from: origin(stage.from),
      steps: stage.steps.filter(({ isCheck }) => !isCheck).map((step) => moveStep(step, origin)),
    }))
  return withoutUnused(kept)
}

function moveStep(step: Step, origin: <T extends object>(from: T) => T): Step {
  if (step.type === "copy") return { ...step, from: origin(step.from) }
  if (step.type !== "run") return step
  const mounts = step.mounts.map((mount) =>
    mount.type === "bind" ? { ...mount, from: origin(mount.from) } : mount,
  )
  return { ...step, mounts }
}

/** Those that only a check was made with. */
function withoutUnused(stages: readonly Stage[]): Stage[] {
  const used = new Set([stages.at(-1)?.name])
  for (const { name, from, steps } of stages.toReversed()) {
    if (!used.has(name)) continue
    const origins = [from, ...steps.flatMap(originsOf)]
    for (const each of origins) if ("stage" in each) used.add(each.stage)
  }
  return stages.filter(({ name }) => used.has(name))
}

function originsOf(step: Step): Origin[] {
  if (step.type === "copy") return [step.from]
  if (step.type !== "run") return []
  return step.mounts.flatMap((mount) => (mount.type === "bind" ? [mount.from] : []))
}

/** Without working directories that nothing is done in, or that it is already. */
function tidy(steps: readonly Step[]): Step[] {
  let current: string | undefined
  return steps.filter((step, index) => {
    if (step.type !== "working-directory") return true
    if (step.path === current || steps[index + 1]?.type === "working-directory") return false
    current = step.path
    return true
  })
}

/** A volume's usual name is where it is mounted. One that somebody named keeps that. */
function withPlainVolumes(stages: readonly Stage[]): Stage[] {
  const idsOf = new Map<string, Set<string>>()
  const mounts = stages.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.type === "run" ? step.mounts : [])),
  )
  for (const mount of mounts) {
    if (mount.type !== "cache") continue
    idsOf.set(mount.target, (idsOf.get(mount.target) ?? new Set()).add(mount.id))
  }
  const inPlace = (id: string) =>
    [...idsOf].every(([, ids]) => !ids.has(id) || ids.size === 1) &&
    [...idsOf].filter(([, ids]) => ids.has(id)).length === 1
  const plain = (mount: Mount): Mount => {
    if (mount.type !== "cache" || !mount.id.startsWith("go-image-")) return mount
    return { ...mount, id: inPlace(mount.id) ? mount.target : mount.id.slice("go-image-".length) }
  }
  return stages.map((stage) => ({
    ...stage,
    steps: stage.steps.map((step) =>
      step.type === "run" ? { ...step, mounts: step.mounts.map(plain) } : step,
    ),
  }))
}
