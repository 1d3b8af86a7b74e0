import { posix } from "node:path"
import type { DetectedProject } from "../detect/detect.js"
import { parseGoWork } from "../detect/modules/go-work.js"
import {
  folderFinder,
  inFolder,
  isInside,
  localFolder,
  moduleFolders,
  readModule,
  type Module,
} from "../detect/modules/modules.js"
import { setOf } from "../detect/once.js"
import { findTargetsIn } from "../detect/project/descriptor.js"
import type { Source } from "../detect/source.js"
import { UserError } from "../errors.js"
import type { ServiceTests } from "./pipeline.js"

/** The modules whose tests a pipeline runs in a job of its own. */
export interface TestedModules {
  modules: readonly Module[]
  /** A go.work in the project's folder names them: the go command tests them together. */
  isWorkspace: boolean
}

/**
 * Those that checks are about: all of the go.work in the project's folder; the one that the folder is in, with those inside that
 * a target is in; else all that are in the folder.
 */
export async function findTestedModules(
  source: Source,
  { facts, settings }: DetectedProject,
): Promise<TestedModules> {
  const folder = facts.source?.value ?? ""
  const { files } = await source.survey()
  const folders = moduleFolders(files)
  const goWork = inFolder(folder, "go.work")
  const isWorkspace = files.includes(goWork) && settings.goWork?.value !== "off"
  const own = folderFinder(folders)(folder)
  const inside = folders.filter((each) => isInside(each, folder) && each !== own)
  const tested = isWorkspace
    ? usedBy((await source.read([goWork])).get(goWork) ?? "", goWork, folder, folders)
    : own === undefined
      ? inside
      : [own, ...(await withTargets(source, inside))]
  const contents = await source.read(tested.map((each) => inFolder(each, "go.mod")))
  const here = setOf(files)
  return { isWorkspace, modules: tested.map((each) => readModule(each, contents, here, [])) }
}

function usedBy(
  text: string,
  file: string,
  folder: string,
  folders: readonly string[],
): readonly string[] {
  const used = parseGoWork(text, file).uses.map((use) => localFolder(use, folder))
  return used.filter((each) => folders.includes(each))
}

async function withTargets(source: Source, folders: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const each of folders) {
    if ((await findTargetsIn(source, each)).length > 0) found.push(each)
  }
  return found
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
