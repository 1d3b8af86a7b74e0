import { platformSuffix } from "../plan/bases/platform.js"
import type { Base, Mount, Origin, Plan, Stage, Step } from "../plan/types.js"
import { renderDockerfile } from "./dockerfile.js"
import { renderReadable } from "./readable.js"

/**
 * Plans of one project for several platforms as one Dockerfile: the stages of all, with the platform at the end of their
 * names, and a last one that is the image of the platform that is built. What they have in common, such as downloaded
 * modules, BuildKit does once.
 */
export function renderPlatformsDockerfile(
  plans: readonly Plan[],
  buildArguments: readonly string[] = [],
): string {
  return renderPlatforms(plans, (plan) => renderDockerfile(plan, buildArguments))
}

/** The same for people. */
export function renderPlatformsReadable(plans: readonly Plan[]): string {
  return renderPlatforms(plans, renderReadable)
}

function renderPlatforms(plans: readonly Plan[], render: (plan: Plan) => string): string {
  const one = plans.map((plan) => render(renameStages(plan, platformSuffix(plan.platform ?? ""))))
  const image = plans[0]?.stages.at(-1)?.name
  return `${[...one, `FROM ${image}-\${TARGETARCH}\${TARGETVARIANT}`].join("\n")}\n`
}

function renameStages(plan: Plan, suffix: string): Plan {
  const renamed = (name: string) => `${name}-${suffix}`
  const origin = <T extends Base | Origin>(from: T) =>
    "stage" in from ? { stage: renamed(from.stage) } : from
  const mount = (each: Mount): Mount =>
    each.type === "bind" ? { ...each, from: origin(each.from) } : each
  const step = (each: Step): Step => {
    if (each.type === "copy") return { ...each, from: origin(each.from) }
    return each.type === "run" ? { ...each, mounts: each.mounts.map(mount) } : each
  }
  const stage = ({ name, from, steps }: Stage): Stage => ({
    name: renamed(name),
    from: origin(from),
    steps: steps.map(step),
  })
  return { ...plan, stages: plan.stages.map(stage) }
}
