import { parseGoWork } from "../../../src/detect/modules/go-work.js"
import {
  folderFinder,
  inFolder,
  isInside,
  localFolder,
  moduleFolders,
} from "../../../src/detect/modules/modules.js"
import { findTargetFolders } from "../../../src/detect/project/descriptor.js"
import type { Source } from "../../../src/detect/source.js"
import { listSome } from "../../../src/list.js"
import type { Request } from "../../request.js"
import { Failures } from "./failures.js"
import type { Terminal } from "../../terminal/terminal.js"

type Asked = Pick<Request, "options"> & Partial<Pick<Request, "target" | "vex">>

/**
 * Which modules checks are about: all that a go.work in the project's folder names; where that folder is in no module, all
 * that are in it; else one, as in a build. Undefined is the module of the program that is built.
 *
 * @param folder Of the project in the source.
 */
export async function modulesToCheck(
  source: Source,
  folder: string,
  request: Asked,
  terminal: Pick<Terminal, "say">,
): Promise<[string | undefined, ...(string | undefined)[]]> {
  const { target, options, vex } = request
  // Those say which module is meant; a report of vulnerabilities is one program's.
  if (target !== undefined || (options.packages ?? []).length > 0 || vex !== undefined) {
    return [undefined]
  }
  const { files } = await source.survey()
  const folders = moduleFolders(files)
  const inside = folders.filter((each) => isInside(each, folder))
  const isInModule = folderFinder(folders)(folder) !== undefined
  const workspace = await modulesOfWorkspace(source, files, folder, request)
  const [first, ...others] = workspace?.filter((each) => folders.includes(each)) ?? []
  if (first !== undefined) {
    tellLeftOut(
      inside.filter((each) => ![first, ...others].includes(each)),
      terminal,
    )
    return [first, ...others]
  }
  if (isInModule) {
    // A module that an image is made of counts, whether or not a go.work names it.
    const find = folderFinder(folders)
    const ofTargets = [...(await findTargetFolders(source, folder)).values()]
      .flat()
      .map((each) => find(each))
    const more = inside.filter((each) => each !== folder && ofTargets.includes(each))
    tellLeftOut(
      inside.filter((each) => each !== folder && !more.includes(each)),
      terminal,
    )
    return more.length === 0 || !inside.includes(folder) ? [undefined] : [folder, ...more]
  }
  const [one, ...more] = inside
  return one === undefined ? [undefined] : [one, ...more]
}

/** A test can fail that is in the module of no target: who checks targets is told which modules those are not in. */
export async function tellModulesWithoutTarget(
  source: Source,
  folder: string,
  targets: readonly string[],
  request: Asked,
  terminal: Pick<Terminal, "say">,
): Promise<void> {
  const all = { options: request.options }
  const modules = await modulesToCheck(source, folder, all, { say: () => undefined })
  const ofTargets = await findTargetFolders(source, folder)
  const find = folderFinder(moduleFolders((await source.survey()).files))
  const checked = targets.flatMap((name) => ofTargets.get(name) ?? [""]).map((each) => find(each))
  const others = modules.flatMap((each) =>
    each === undefined || checked.includes(each) ? [] : [each || "."],
  )
  if (others.length === 0) return
  terminal.say(
    `note: modules of no target here are not checked: ${listSome(others, 5)} (without --target, all modules are)`,
  )
}

/** Undefined where no go.work in the folder counts. */
async function modulesOfWorkspace(
  source: Source,
  files: readonly string[],
  folder: string,
  { options }: Asked,
): Promise<string[] | undefined> {
  const file = inFolder(folder, "go.work")
  if ((options.goWork ?? process.env["GOWORK"]) === "off" || !files.includes(file)) return undefined
  const text = (await source.read([file])).get(file)
  return text === undefined
    ? undefined
    : parseGoWork(text, file).uses.map((use) => localFolder(use, folder))
}

/** As `go test ./...` leaves them out, too. */
function tellLeftOut(folders: readonly string[], terminal: Pick<Terminal, "say">): void {
  if (folders.length === 0) return
  terminal.say(
    `note: other modules in this folder are not checked: ${listSome(folders, 5)} (give one's folder, or name them in a go.work)`,
  )
}

/** One after the other. All are checked, whether or not one before failed. */
export async function eachModule<T>(
  modules: readonly (string | undefined)[],
  terminal: Pick<Terminal, "say">,
  check: (module: string | undefined) => Promise<T>,
): Promise<T[]> {
  const results: T[] = []
  const failures = new Failures()
  for (const module of modules) {
    const name = modules.length > 1 ? module || "." : undefined
    if (name !== undefined) terminal.say(`module: ${name}`)
    await failures.try(name && `module ${name}`, async () => results.push(await check(module)))
  }
  failures.throwIfAny()
  return results
}
