import { platformSuffix } from "../plan/bases/platform.js"
import type { Plan } from "../plan/types.js"
import { renderDockerfile } from "./dockerfile.js"
import { forPeople } from "./readable-plan.js"
import { ignoredRules, renderPeoples, renderReadable } from "./readable.js"
import { argumentLines } from "./release-arguments.js"
import { asOnePlan, renameStages, sharedStages } from "./shared-stages.js"

/**
 * Plans of one project for several platforms as one Dockerfile: the stages of all, with the platform at the end of their
 * names, and a last one that is the image of the platform that is built. What they have in common, such as downloaded
 * modules, BuildKit does once.
 */
export function renderPlatformsDockerfile(
  plans: readonly Plan[],
  buildArguments: readonly string[] = [],
): string {
  const texts = plans.map((plan) => renderDockerfile(renameStages(plan), buildArguments))
  return `${[...texts, imageOfTarget(plans)].join("\n")}\n`
}

/** The same for people: one set of stages with `$TARGETARCH`, else those that differ once for each platform. */
export function renderPlatformsReadable(plans: readonly Plan[]): string {
  const one = asOnePlan(plans)
  if (one) return `${buildAll(plans)}\n\n${renderReadable(one)}`
  const tidy = plans.map(forPeople)
  const shared = sharedStages(tidy)
  const texts = tidy.map((plan, index) => {
    const isFirst = index === 0
    const isHere = ({ name }: { name: string }) => isFirst || !shared.has(name)
    const renamed = renameStages(plan, shared)
    const stages = renamed.stages.filter((_, at) => isHere(plan.stages[at] ?? { name: "" }))
    // What was decided is the same for all of them, and said once.
    const decisions = isFirst ? plan.decisions : []
    const text = renderPeoples({ ...renamed, stages, decisions }, suffixOf(plan))
    return `# For ${plan.platform}.\n\n${text}`
  })
  const [first] = tidy
  // A linter takes the stage that is chosen last for an image without a tag.
  const start = `${buildAll(plans)}\n${ignoredRules(tidy, ["DL3006"])}${first ? argumentLines(first) : ""}`
  return `${start}${[...texts, imageOfTarget(plans)].join("\n")}\n`
}

function buildAll(plans: readonly Plan[]): string {
  const platforms = plans.map(({ platform }) => platform).join(",")
  return `# All platforms at once: docker buildx build --platform ${platforms} .`
}

function suffixOf({ platform = "" }: Plan): string {
  return `-${platformSuffix(platform)}`
}

function imageOfTarget([first]: readonly Plan[]): string {
  return `FROM ${first?.stages.at(-1)?.name}-\${TARGETARCH}\${TARGETVARIANT}`
}
