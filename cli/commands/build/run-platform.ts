import type { DetectedProject } from "../../../src/detect/detect.js"
import { splitPlatforms } from "../../../src/plan/bases/platform.js"
import type { Request } from "../../request.js"

/** As Docker calls what Node.js calls x64. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" }

/** An image that is only run is that of this machine's platform: those of others serve nobody, and take their time. */
export function forRun(
  project: DetectedProject,
  { run, output, push, load }: Pick<Request, "run" | "output" | "push" | "load">,
  architecture: string = process.arch,
): DetectedProject {
  const { platform } = project.settings
  const own = `linux/${architectures[architecture] ?? architecture}`
  const isOnlyRun = run && output === undefined && !push && !load
  const all = splitPlatforms(platform).map(({ value }) => value)
  if (!isOnlyRun || !platform || all.length < 2 || !all.includes(own)) return project
  return { ...project, settings: { ...project.settings, platform: { ...platform, value: own } } }
}
