import { findCheckedModules } from "../../../src/detect/modules/checked-modules.js"
import { folderFinder, moduleFolders } from "../../../src/detect/modules/modules.js"
import { findTargetFolders } from "../../../src/detect/project/descriptor.js"
import type { Source } from "../../../src/detect/source.js"
import { listSome } from "../../../src/list.js"
import type { Request } from "../../request.js"
import { Failures } from "./failures.js"
import type { Terminal } from "../../terminal/terminal.js"

type Asked = Pick<Request, "options"> & Partial<Pick<Request, "target" | "vex">>

/**
 * Which modules checks are about. Undefined is the module of the program that is built.
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
  const usesGoWork = (options.goWork ?? process.env["GOWORK"]) !== "off"
  const checked = await findCheckedModules(source, folder, usesGoWork)
  const { isWorkspace, isOutside, leftOut } = checked
  tellLeftOut(leftOut, terminal)
  const [first, ...others] = checked.modules
  const isOne = others.length === 0 && !isWorkspace && !isOutside
  return first === undefined || isOne ? [undefined] : [first, ...others]
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
  const failed: string[] = []
  const failures = new Failures()
  for (const module of modules) {
    const name = modules.length > 1 ? module || "." : undefined
    if (name !== undefined) terminal.say(`module: ${name}`)
    const count = await failures.try(name && `module ${name}`, async () =>
      results.push(await check(module)),
    )
    if (count === undefined && name !== undefined) failed.push(name)
  }
  failures.throwIfAny(
    failed.length === 0
      ? undefined
      : `${failed.length} of ${modules.length} modules failed: ${failed.join(", ")}`,
  )
  return results
}
