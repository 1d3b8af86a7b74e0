import type { DetectedProject } from "../../src/detect/detect.js"
import type { Task } from "../../src/plan/types.js"
import { warmImagePlan, warmUpTask } from "../../src/plan/tasks/warm-image.js"
import { renderTaskDockerfile } from "../../src/render/dockerfile.js"
import { settingsByPlatform } from "./assemble-plans.js"
import type { Builder } from "./builder.js"
import { renderPlans, toPlanned } from "./render-plans.js"
import type { Request } from "../request.js"
import type { BuilderOptions } from "./solver.js"

/** What takes compiled packages from an image, for each platform. */
export function warmUpTasks(
  project: DetectedProject,
  { warmFrom }: Pick<Request, "warmFrom">,
): Task[] {
  if (warmFrom === undefined) return []
  return ofPlatforms(project).flatMap((each) => warmUpTask(each, warmFrom) ?? [])
}

/** What is wrong with the image is no reason not to build. */
export async function warmUp(
  builder: Builder,
  tasks: readonly Task[],
  { request: { warmFrom = "" }, terminal }: Pick<BuilderOptions, "request" | "terminal">,
): Promise<void> {
  for (const task of tasks) {
    const render = (known: string[]) => renderTaskDockerfile(task, known)
    const reason = await builder.attempt({ ...task, isTask: true }, render, { type: "none" })
    if (reason === undefined) continue
    terminal.say(`note: compiled packages were not taken from ${warmFrom}: ${reason}`)
    return
  }
}

/** Pushes those of the build that was done a moment ago. */
export async function keepCompiled(
  builder: Builder,
  project: DetectedProject,
  { request: { warmTo }, terminal }: Pick<BuilderOptions, "request" | "terminal">,
): Promise<void> {
  if (warmTo === undefined) return
  const [plan, ...others] = ofPlatforms(project).flatMap((each) => warmImagePlan(each) ?? [])
  if (!plan) return
  const render = (known: string[]) => renderPlans([plan, ...others], known)
  const reason = await builder.attempt(toPlanned([plan, ...others]), render, {
    type: "push",
    tags: [warmTo],
  })
  terminal.say(
    reason === undefined
      ? `pushed the compiled packages to ${warmTo}`
      : `note: compiled packages were not pushed to ${warmTo}: ${reason}`,
  )
}

function ofPlatforms({ facts, settings }: DetectedProject): DetectedProject[] {
  return settingsByPlatform(settings).map((each) => ({ facts, settings: each }))
}
