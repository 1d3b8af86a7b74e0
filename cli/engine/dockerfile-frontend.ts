import satisfies from "semver/functions/satisfies.js"
import { withSyntax } from "../../src/render/dockerfile.js"
import type { BuildRequest } from "./engine.js"

/** The first whose own frontend reads all of our Dockerfiles (`COPY --exclude`). */
const firstThatReads = "0.25.0"

/** @param versions Of the BuildKit, or of each of its nodes; empty where they are not known. */
function readsOurDockerfiles(versions: readonly string[]): boolean {
  return (
    versions.length > 0 &&
    versions.every((each) => satisfies(each, `>=${firstThatReads}`, { includePrerelease: true }))
  )
}

/** `BuildKit version: v0.32.2`, a line for each node, as `docker buildx inspect` has it. */
export function versionsOfBuilder(inspected: string): string[] {
  return [...inspected.matchAll(/^BuildKit version:\s+v?(\S+)$/gm)].map(
    ([, version = ""]) => version,
  )
}

/** `BuildKit: github.com/moby/buildkit v0.26.3 …`, as `buildctl debug info` has it. */
export function versionsOfInfo(info: string): string[] {
  const [, version] = /^BuildKit:.*\sv?(\d+\.\d+\.\S+)/m.exec(info) ?? []
  return version === undefined ? [] : [version]
}

/** The Dockerfile as that BuildKit reads it: an older one fetches a frontend from a registry, which takes time at each build. */
export function dockerfileFor(
  { dockerfile, frontend }: Pick<BuildRequest, "dockerfile" | "frontend">,
  versions: readonly string[],
): string {
  return frontend === undefined || readsOurDockerfiles(versions)
    ? dockerfile
    : withSyntax(dockerfile, frontend)
}
