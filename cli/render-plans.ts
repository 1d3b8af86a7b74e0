import type { Facts } from "../src/detect/facts.js"
import type { Plan } from "../src/plan/types.js"
import { renderDockerfile, withSyntax } from "../src/render/dockerfile.js"
import { excludeInStage } from "../src/render/excluded-source.js"
import { renderPlatformsDockerfile } from "../src/render/platforms.js"

/** For others to build, with nothing of ours beside it. */
export function printDockerfile(
  [plan, ...others]: [Plan, ...Plan[]],
  { sourceExclude }: Facts,
): string {
  const alone = (each: Plan) => excludeInStage(each, sourceExclude)
  return withSyntax(renderPlans([alone(plan), ...others.map(alone)]))
}

export function renderPlans(plans: [Plan, ...Plan[]], buildArguments?: string[]): string {
  return plans.length > 1
    ? renderPlatformsDockerfile(plans, buildArguments)
    : renderDockerfile(plans[0], buildArguments)
}
