import { platformSuffix } from "../plan/bases/platform.js"
import type { Base, Mount, Origin, Plan, Stage, Step } from "../plan/types.js"

/** What BuildKit has in place of an architecture's name: the one of the image. */
export const targetArchitecture = "$TARGETARCH"

/** One plan for all platforms, where they differ only in the architecture that Go compiles for; as a person writes it. */
export function asOnePlan(plans: readonly Plan[]): Plan | undefined {
  const [first, ...others] = plans.map(ofAnyPlatform)
  return others.every((each) => same(each, first)) ? first : undefined
}

function ofAnyPlatform({ platform: _, ...plan }: Plan): Plan {
  const architecture = (step: Step): Step =>
    step.type === "environment" && step.name === "GOARCH"
      ? { ...step, value: targetArchitecture }
      : step
  const stages = plan.stages.map((stage) => ({
    ...stage,
    from: ofTarget(stage.from),
    steps: stage.steps.map(architecture),
  }))
  return { ...plan, stages }
}

/** A base is of the platform that is built for, where nothing else is said. */
function ofTarget(from: Base): Base {
  if ("stage" in from || typeof from.platform !== "object") return from
  return "image" in from ? { image: from.image } : { scratch: true }
}

/** Names of the stages that are the same for all platforms, with all that they are made of. */
export function sharedStages(plans: readonly Plan[]): Set<string> {
  const [first, ...others] = plans
  const shared = new Set<string>()
  for (const stage of first?.stages ?? []) {
    const isSame = others.every(({ stages }) =>
      same(
        stages.find(({ name }) => name === stage.name),
        stage,
      ),
    )
    if (isSame && originsOf(stage).every((name) => shared.has(name))) shared.add(stage.name)
  }
  return shared
}

function originsOf({ from, steps }: Stage): string[] {
  const origins: (Base | Origin)[] = [
    from,
    ...steps.flatMap((step) => {
      if (step.type === "copy") return [step.from]
      const mounts = step.type === "run" ? step.mounts : []
      return mounts.flatMap((mount) => (mount.type === "bind" ? [mount.from] : []))
    }),
  ]
  return origins.flatMap((each) => ("stage" in each ? [each.stage] : []))
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** With the platform at the end of the names of its stages, besides those of all platforms. */
export function renameStages(plan: Plan, shared: ReadonlySet<string> = new Set()): Plan {
  const suffix = platformSuffix(plan.platform ?? "")
  const renamed = (name: string) => (shared.has(name) ? name : `${name}-${suffix}`)
  const origin = <T extends Base | Origin>(from: T) =>
    "stage" in from ? { stage: renamed(from.stage) } : from
  const mount = (each: Mount): Mount =>
    each.type === "bind" ? { ...each, from: origin(each.from) } : each
  const step = (each: Step): Step => {
    if (each.type === "copy") return { ...each, from: origin(each.from) }
    return each.type === "run" ? { ...each, mounts: each.mounts.map(mount) } : each
  }
  const stage = ({ name, from, steps, ...others }: Stage): Stage => ({
    ...others,
    name: renamed(name),
    from: origin(from),
    steps: steps.map(step),
  })
  return { ...plan, stages: plan.stages.map(stage) }
}
