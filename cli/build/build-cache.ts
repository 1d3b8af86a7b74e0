import { dependenciesStageName } from "../../src/plan/stages/dependency-stage.js"
import { isFrontendStage } from "../../src/plan/stages/frontend-stage.js"
import { toolsStageName } from "../../src/plan/programs/tools-stage.js"
import { platformSuffix } from "../../src/plan/bases/platform.js"
import { besideCache, type CacheLocation } from "../cache/cache-location.js"
import { isThere } from "../cache/local-cache.js"
import type { BuildRequest } from "../engine/engine.js"
import type { Planned } from "./planned.js"

/** What is exported of a build, each by itself: BuildKit writes one manifest for one target. */
export type CacheExport = Pick<BuildRequest, "target" | "platforms" | "cacheTo">

/**
 * Where a build's cache comes from. An image's names the layers of its other stages, too: of two caches that BuildKit reads
 * at a time, it follows now one, now the other to a step, and then runs those between them again.
 */
export function importsOf(
  from: readonly CacheLocation[],
  { isTask }: Pick<Planned, "isTask">,
): CacheLocation[] {
  return from.flatMap((each) => (isTask ? [checksCache(each), each] : [each])).filter(isThere)
}

/** Of an image: its layers, and the results of the stages that no edit of the Go code changes. */
export function exportsOf(to: CacheLocation, { stages, platforms = [] }: Planned): CacheExport[] {
  // Those of several platforms have one in the names of their stages.
  const suffixes = platforms.length > 1 ? platforms.map((each) => `-${platformSuffix(each)}`) : [""]
  const kept = new Set(stages.map(({ name }) => name).filter(isKept))
  return [
    ...[...kept].flatMap((name) =>
      suffixes.map((suffix): CacheExport => ({
        target: `${name}${suffix}`,
        platforms: suffix === "" ? platforms : [],
        cacheTo: { location: besideCache(to, `-${name}${suffix}`), steps: "of the result" },
      })),
    ),
    // Last: it then names the layers of those, too, and is all that a new machine reads.
    { platforms, cacheTo: { location: to, steps: "of the result" } },
  ]
}

/**
 * Of a check: all steps. But of one that shares steps with an image only the layer of the dependencies: BuildKit would name
 * all that it has pushed of them, with the builder's base image, in the image's cache, too.
 */
export function exportOfCheck(to: CacheLocation, { image }: Planned): CacheExport {
  const location = checksCache(to)
  return image
    ? { target: dependenciesStageName, cacheTo: { location, steps: "of the result" } }
    : { cacheTo: { location, steps: "all" } }
}

function isKept(stage: string): boolean {
  return [dependenciesStageName, toolsStageName].includes(stage) || isFrontendStage(stage)
}

function checksCache(cache: CacheLocation): CacheLocation {
  return besideCache(cache, "-checks")
}
