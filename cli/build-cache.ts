import { dependenciesStageName } from "../src/plan/dependency-stage.js"
import { isFrontendStage } from "../src/plan/frontend-stage.js"
import { toolsStageName } from "../src/plan/tools-stage.js"
import { platformSuffix } from "../src/plan/platform.js"
import { parseReference, taggedName } from "../src/reference.js"
import type { Planned } from "./builder.js"
import type { BuildRequest } from "./engine/engine.js"

/** What is exported of a build, each by itself: BuildKit writes one manifest for one target. */
export type CacheExport = Pick<BuildRequest, "target" | "platforms" | "cacheTo">

/**
 * Where a build's cache comes from. The image's names the layers of its other stages, too: of two caches that BuildKit reads
 * at a time, it follows now one, now the other to a step, and then runs those between them again.
 */
export function cacheReferences(cacheImage: string, { isTask }: Pick<Planned, "isTask">): string[] {
  return isTask ? [checksReference(cacheImage), cacheImage] : [cacheImage]
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
    // Last: it then names the layers of those, too, and is all that a new machine reads.
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
