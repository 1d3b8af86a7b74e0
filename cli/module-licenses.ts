import type { Detected } from "../src/detect/detect.js"
import { UserError } from "../src/errors.js"
import { licensesTask } from "../src/plan/licenses-task.js"
import type { Plan } from "../src/plan/types.js"
import type { SbomFacts } from "../src/sbom/facts.js"
import {
  linkedModules,
  readLicenses,
  withLicenses,
  type ModuleLicenses,
} from "../src/sbom/module-licenses.js"
import type { Builder, BuilderOptions } from "./builder.js"
import { BuildFailed } from "./engine/engine.js"
import { runReport } from "./task-report.js"

/**
 * Adds what the modules' own files say: the engine that has just built the image has them. An edit changes none of them,
 * so that the step was done by then.
 */
export async function addLicenses(
  facts: SbomFacts,
  project: Detected,
  { binaries }: Plan,
  builder: Builder,
  { terminal, signal }: Pick<BuilderOptions, "terminal" | "signal">,
): Promise<SbomFacts> {
  const modules = linkedModules(facts, binaries)
  const task = licensesTask(project, modules)
  if (!task) return facts
  let licenses: ModuleLicenses
  try {
    const read = (folder: string) => readLicenses(folder, modules)
    licenses = await runReport(task, builder, read, { isFirst: false })
  } catch (error) {
    const isToldAlone = error instanceof UserError || error instanceof BuildFailed
    if (signal.aborted || !isToldAlone) throw error
    const [reason] = error.message.split("\n")
    terminal.say(`note: the SBOM names no licenses of modules: ${reason}`)
    return facts
  }
  return withLicenses(facts, licenses)
}
