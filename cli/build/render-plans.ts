import type { Facts } from "../../src/detect/facts.js"
import type { Plan } from "../../src/plan/types.js"
import { renderDockerfile, withSyntax } from "../../src/render/dockerfile.js"
import { excludeInStage } from "../../src/render/excluded-source.js"
import { renderPlatformsDockerfile } from "../../src/render/platforms.js"
import type { Planned } from "./planned.js"

/** For others to build, with nothing of ours beside it. */
export function printDockerfile(plans: [Plan, ...Plan[]], facts: Facts): string {
  return withSyntax(renderAlone(plans, facts))
}

/** Nothing but this says what is left out of the source. */
export function renderAlone(
  [plan, ...others]: [Plan, ...Plan[]],
  { sourceExclude }: Facts,
  buildArguments?: string[],
): string {
  const alone = (each: Plan) => excludeInStage(each, sourceExclude)
  return renderPlans([alone(plan), ...others.map(alone)], buildArguments)
}

/** One build of all of them, as an engine is asked for it. */
export function toPlanned(plans: [Plan, ...Plan[]]): Planned {
  const [plan] = plans
  return {
    stages: plans.flatMap(({ stages }) => stages),
    sourceExclude: plan.sourceExclude,
    sourceName: plan.binaries.map((binary) => binary.package).join(" "),
    platforms: plans.flatMap(({ platform }) => platform ?? []),
    image: plan.image,
  }
}

export function renderPlans(plans: [Plan, ...Plan[]], buildArguments?: string[]): string {
  return plans.length > 1
    ? renderPlatformsDockerfile(plans, buildArguments)
    : renderDockerfile(plans[0], buildArguments)
}
