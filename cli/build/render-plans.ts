import type { Facts } from "../../src/detect/facts.js"
import { neverSource } from "../../src/detect/source.js"
import type { Plan } from "../../src/plan/types.js"
import { renderDockerfile } from "../../src/render/dockerfile.js"
import { excludeInStage } from "../../src/render/excluded-source.js"
import { renderPlatformsDockerfile } from "../../src/render/platforms.js"
import type { Planned } from "./planned.js"

/** Nothing but this says what is left out of the source, for an engine that has it from elsewhere. */
export function renderAlone(
  [plan, ...others]: [Plan, ...Plan[]],
  { sourceExclude }: Facts,
  buildArguments?: string[],
): string {
  const alone = (each: Plan) => excludeInStage(each, [...sourceExclude, ...neverSource])
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
