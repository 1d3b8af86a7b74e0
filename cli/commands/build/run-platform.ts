import type { DetectedProject } from "../../../src/detect/detect.js"
import { splitPlatforms } from "../../../src/plan/bases/platform.js"
import { hostPlatform } from "../../image/manifest.js"
import type { Request } from "../../request.js"

/** An image that is only run is that of this machine's platform: those of others serve nobody, and take their time. */
export function forRun(
  project: DetectedProject,
  { run, output, load }: Pick<Request, "run" | "output" | "load">,
  architecture?: string,
): DetectedProject {
  const { platform } = project.settings
  const own = hostPlatform(architecture)
  const isOnlyRun = run && output === undefined && !load
  const all = splitPlatforms(platform).map(({ value }) => value)
  if (!isOnlyRun || !platform || all.length < 2 || !all.includes(own)) return project
  return { ...project, settings: { ...project.settings, platform: { ...platform, value: own } } }
}
