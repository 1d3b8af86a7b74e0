import { dependenciesStageName } from "../../../src/plan/stages/dependencies/dependency-stage.js"
import { isFrontendStage } from "../../../src/plan/stages/frontend-stage.js"
import { toolsStageName } from "../../../src/plan/programs/tools-stage.js"
import { platformSuffix } from "../../../src/plan/bases/platform.js"
import { besideCache, type CacheLocation } from "../../cache/cache-location.js"
import { isThere } from "../../cache/local-cache.js"
import type { BuildRequest } from "../../engine/engine.js"
import type { Planned } from "../planned.js"

/** What is exported of a build, each by itself: BuildKit writes one manifest for one target. */
export type CacheExport = Pick<BuildRequest, "target" | "platforms" | "cacheTo">

/**
 * Where a build's cache comes from: for a check, its own alone. An image's has other layers of the same stages, and of two
 * caches that BuildKit reads at a time, it follows now one, now the other to a step, and then runs those between them again.
 */
export function importsOf(
  from: readonly CacheLocation[],
  { dependencies }: Pick<Planned, "dependencies">,
): CacheLocation[] {
  return from
    .map((each) => (dependencies === undefined ? each : checkCache(each, dependencies)))
    .filter(isThere)
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
        cacheTo: besideCache(to, `-${name}${suffix}`),
      })),
    ),
    // Last: it then names the layers of those, too, and is all that a new machine reads.
    { platforms, cacheTo: to },
  ]
}

/**
 * Of a check, what it has compiled of others: not its other steps, with which goes the builder's base image. Of tests also
 * their report, so that they do not run again where nothing has changed.
 */
export function exportsOfCheck(to: CacheLocation, planned: Planned): CacheExport[] {
  const { dependencies } = planned
  if (dependencies === undefined) return []
  const cache = checkCache(to, dependencies)
  return dependencies === "tests"
    ? exportsOf(cache, planned)
    : [{ target: dependenciesStageName, cacheTo: cache }]
}

function isKept(stage: string): boolean {
  return [dependenciesStageName, toolsStageName].includes(stage) || isFrontendStage(stage)
}

function checkCache(
  cache: CacheLocation,
  dependencies: NonNullable<Planned["dependencies"]>,
): CacheLocation {
  return besideCache(cache, `-${dependencies}`)
}
