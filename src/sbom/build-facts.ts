import type { DetectedProject } from "../detect/detect.js"
import { imagesOf } from "../plan/bases/locked-images.js"
import type { Plan } from "../plan/types.js"
import type { BuildFacts } from "./documents/provenance.js"

/** Of all platforms, the images that a build starts from. */
export function baseImagesOf(plans: readonly Plan[]): string[] {
  return imagesOf(plans.flatMap(({ stages }) => stages))
}

/** What a build knows of itself, whichever engine carried it out. */
export function buildFactsOf(
  plans: readonly [Plan, ...Plan[]],
  { facts, settings }: DetectedProject,
  {
    digestOf,
    ...more
  }: Pick<BuildFacts, "builderId" | "target"> & {
    digestOf: (image: string) => string | undefined
  },
): BuildFacts {
  const [{ decisions, image }] = plans
  return {
    ...more,
    settings,
    git: facts.git,
    folder: facts.source?.value,
    decisions,
    baseImages: baseImagesOf(plans).map((name) => ({ name, digest: digestOf(name) })),
    sourceDateEpoch: image.sourceDateEpoch,
  }
}
