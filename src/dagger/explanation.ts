import { dag, type File } from "@dagger.io/dagger"
import type { Project } from "./project.js"

/** See `explain`. What writes the page is loaded only there. */
export async function explanation(project: Project): Promise<File> {
  const plan = await project.plan()
  const [{ accountOf }, { accountPage }] = await Promise.all([
    import("../explain/account.js"),
    import("../explain/page.js"),
  ])
  return dag.file("explain.html", accountPage(accountOf(plan)))
}
