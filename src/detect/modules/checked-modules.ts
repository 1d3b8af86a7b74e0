import { findTargetFolders } from "../project/descriptor.js"
import type { Source } from "../source.js"
import { parseGoWork } from "./go-work.js"
import { folderFinder, inFolder, isInside, localFolder, moduleFolders } from "./modules.js"

/** Folders of the modules that checks of a project are about, where nobody says which. */
export interface CheckedModules {
  modules: readonly string[]
  /** A go.work in the project's folder names them: the go command tests them together. */
  isWorkspace: boolean
  /** The folder is in no module of its own. */
  isOutside: boolean
  /** Others in the folder. */
  leftOut: readonly string[]
}

/**
 * All of the go.work in the project's folder; else the one that the folder is in, with those inside that a target is in, since
 * an image is made of them; else all that are in the folder.
 *
 * @param folder Of the project in the source.
 * @param usesGoWork Whether a go.work counts.
 */
export async function findCheckedModules(
  source: Source,
  folder: string,
  usesGoWork: boolean,
): Promise<CheckedModules> {
  const { files } = await source.survey()
  const folders = moduleFolders(files)
  const find = folderFinder(folders)
  const own = find(folder)
  const inside = folders.filter((each) => isInside(each, folder) && each !== own)
  const used = usesGoWork ? await usedBy(source, files, folder) : []
  const ofWorkspace = used.filter((each) => folders.includes(each))
  const isWorkspace = ofWorkspace.length > 0
  const modules = isWorkspace
    ? ofWorkspace
    : own === undefined
      ? inside
      : [own, ...(await withTargets(source, folder, inside, find))]
  const here = own !== undefined && isInside(own, folder) ? [own, ...inside] : inside
  return {
    ...{ modules, isWorkspace, isOutside: own === undefined },
    leftOut: here.filter((each) => !modules.includes(each)),
  }
}

async function usedBy(
  source: Source,
  files: readonly string[],
  folder: string,
): Promise<readonly string[]> {
  const file = inFolder(folder, "go.work")
  const text = files.includes(file) ? (await source.read([file])).get(file) : undefined
  return text === undefined
    ? []
    : parseGoWork(text, file).uses.map((use) => localFolder(use, folder))
}

async function withTargets(
  source: Source,
  folder: string,
  modules: readonly string[],
  find: (folder: string) => string | undefined,
): Promise<readonly string[]> {
  const ofTargets = [...(await findTargetFolders(source, folder)).values()].flat().map(find)
  return modules.filter((each) => ofTargets.includes(each))
}
