import type { Container } from "@dagger.io/dagger"
import type { Detected } from "../../detect/detect.js"
import { warmImagePlan, warmUpTask } from "../../plan/tasks/warm-image.js"
import type { Project } from "../project.js"

/** Takes compiled packages from the image that is given, before a build; what is wrong with it is no reason not to build. */
export async function warmUp(project: Project, detected: Detected): Promise<void> {
  const { warmFrom } = project.request
  const task = warmFrom === undefined ? undefined : warmUpTask(detected, warmFrom)
  if (!task) return
  try {
    const ran = project.run(task)
    if ((await ran.exitCode()) === 0) return
    tellNotTaken(warmFrom, await ran.stderr())
  } catch (error) {
    tellNotTaken(warmFrom, (error as Error).message)
  }
}

function tellNotTaken(from: string | undefined, reason: string): void {
  const [line = ""] = reason.trim().split("\n").slice(-1)
  console.error(`note: compiled packages were not taken from ${from}: ${line}`)
}

/** What the project's last build has compiled, as an image; undefined where nothing is compiled apart. */
export async function warmImage(project: Project): Promise<Container | undefined> {
  const { options } = project.request
  const plan = warmImagePlan(
    await project.with({ options: { ...options, dependencyLayer: true } }).look(),
  )
  return plan && project.render(plan)
}
