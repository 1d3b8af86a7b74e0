import { dependenciesStageName } from "../src/plan/dependency-stage.js"
import { isFrontendStage } from "../src/plan/frontend-stage.js"
import { toolsStageName } from "../src/plan/tools-stage.js"
import { platformSuffix } from "../src/plan/platform.js"
import { parseReference, taggedName } from "../src/reference.js"
import type { Planned } from "./builder.js"
import type { BuildRequest } from "./engine/engine.js"

/** What is exported of a build, each by itself: BuildKit writes one manifest for one target. */
export type CacheExport = Pick<BuildRequest, "target" | "platforms" | "cacheTo">

/** Where a build's cache may be: that of images, of their other steps, and of checks. */
export function cacheReferences(cacheImage: string, planned: Planned): string[] {
  if (planned.isTask) return [checksReference(cacheImage), cacheImage]
  return exportsOf(cacheImage, planned).flatMap(({ cacheTo }) => cacheTo?.reference ?? [])
}

/** Of an image: its layers, and the results of the stages that no edit of the Go code changes. */
export function exportsOf(cacheImage: string, { stages, platforms = [] }: Planned): CacheExport[] {
  // Those of several platforms have one in the names of their stages.
  const suffixes = platforms.length > 1 ? platforms.map((each) => `-${platformSuffix(each)}`) : [""]
  const kept = new Set(stages.map(({ name }) => name).filter(isKept))
  return [
    ...[...kept].flatMap((name) =>
      suffixes.map((suffix): CacheExport => ({
        target: `${name}${suffix}`,
        platforms: suffix === "" ? platforms : [],
        cacheTo: { reference: withSuffix(cacheImage, `-${name}${suffix}`), steps: "of the result" },
      })),
    ),
    // Last: it then names the layers of those, too, so that BuildKit finds by it all steps on the way to the image.
    { platforms, cacheTo: { reference: cacheImage, steps: "of the result" } },
  ]
}

function isKept(stage: string): boolean {
  return [dependenciesStageName, toolsStageName].includes(stage) || isFrontendStage(stage)
}

export function checksReference(cacheImage: string): string {
  return withSuffix(cacheImage, "-checks")
}

/** Beside it: of one target of several, of a part of the build. */
export function withSuffix(reference: string, suffix: string): string {
  const parsed = parseReference(reference)
  return taggedName({ ...parsed, tag: `${parsed.tag ?? "latest"}${suffix}` })
}
