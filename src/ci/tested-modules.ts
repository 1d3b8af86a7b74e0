import { posix } from "node:path"
import type { DetectedProject } from "../detect/detect.js"
import { findCheckedModules } from "../detect/modules/checked-modules.js"
import { inFolder, isInside, readModule, type Module } from "../detect/modules/modules.js"
import { setOf } from "../detect/once.js"
import type { Source } from "../detect/source.js"
import { UserError } from "../errors.js"
import type { ServiceTests } from "./pipeline.js"

/** The modules whose tests a pipeline runs in a job of its own. */
export interface TestedModules {
  modules: readonly Module[]
  /** A go.work in the project's folder names them: the go command tests them together. */
  isWorkspace: boolean
}

/** Those that checks are about. */
export async function findTestedModules(
  source: Source,
  { facts, settings }: DetectedProject,
): Promise<TestedModules> {
  const folder = facts.source?.value ?? ""
  const usesGoWork = settings.goWork?.value !== "off"
  const { modules, isWorkspace } = await findCheckedModules(source, folder, usesGoWork)
  const { files } = await source.survey()
  const contents = await source.read(modules.map((each) => inFolder(each, "go.mod")))
  const here = setOf(files)
  return { isWorkspace, modules: modules.map((each) => readModule(each, contents, here, [])) }
}

/**
 * Where the commands of a job find them.
 *
 * @param folder Of the project in the source.
 * @param inRepository The same in the repository.
 */
export function placesOf(
  { modules, isWorkspace }: TestedModules,
  folder: string,
  inRepository: string,
): Pick<ServiceTests, "modules" | "isWorkspace" | "sums"> {
  // A folder in a module is tested, not all of the module.
  const relative = (each: string) =>
    isInside(folder, each) ? "." : posix.relative(folder || ".", each || ".")
  const paths = modules.map((each) => relative(each.folder))
  const odd = isWorkspace ? undefined : paths.find((each) => !/^[\w.][\w./@+-]*$/.test(each))
  if (odd !== undefined) {
    throw new UserError(`a folder that a pipeline's shell would not read as it is: ${odd}`, {
      hint: "Give it a name of letters, digits and . _ - + @ without blanks.",
    })
  }
  return {
    modules: paths,
    isWorkspace,
    sums: modules
      .filter(({ hasGoSum }) => hasGoSum)
      .map((each) =>
        posix.join(inRepository, posix.relative(folder || ".", each.folder || "."), "go.sum"),
      ),
  }
}
