import type { Container } from "@dagger.io/dagger"
import type { DetectedProject } from "../../detect/detect.js"
import { warmUpTask } from "../../plan/tasks/warm-image.js"
import type { Task } from "../../plan/types.js"

/** Takes compiled packages from the image that is given, before a build; what is wrong with it is no reason not to build. */
export async function warmUp(
  warmFrom: string | undefined,
  detected: DetectedProject,
  run: (task: Task) => Container,
): Promise<void> {
  const task = warmFrom === undefined ? undefined : warmUpTask(detected, warmFrom)
  if (!task) return
  try {
    const ran = run(task)
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
