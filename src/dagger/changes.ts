import { dag, type Changeset } from "@dagger.io/dagger"
import type { DetectedProject } from "../detect/detect.js"
import { execResult } from "./checks.js"
import { UserError } from "../errors.js"
import type { Task } from "../plan/types.js"
import type { Project } from "./project.js"

/** What a command changes of the project's files, in each of its modules. */
export async function changesOf(
  project: Project,
  toTask: (module: DetectedProject) => Task,
  failure: string,
): Promise<Changeset> {
  const modules = await project.modules()
  const changes = await Promise.all(
    modules.map(async (module) => {
      const detected = await project.detect(module)
      const task = toTask(detected)
      const ran = project.run(task)
      const { exitCode, output } = await execResult(ran)
      if (exitCode === 0) return project.changes(detected, task, ran)
      const where = modules.length > 1 ? `${module || "."}: ` : ""
      throw new UserError(`${where}${failure} (exit code ${exitCode})`, { hint: output })
    }),
  )
  const [first = dag.changeset(), ...others] = changes
  return others.length > 0 ? first.withChangesets(others) : first
}
