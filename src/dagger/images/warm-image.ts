import type { Container } from "@dagger.io/dagger"
import { warmImagePlan } from "../../plan/tasks/warm-image.js"
import type { Project } from "../project.js"

/** What the project's last build has compiled, as an image; undefined where nothing is compiled apart. */
export async function warmImage(project: Project): Promise<Container | undefined> {
  const { options } = project.request
  const plan = warmImagePlan(
    await project.with({ options: { ...options, dependencyLayer: true } }).detect(),
  )
  return plan && project.render(plan)
}
