import { lstatSync, readlinkSync } from "node:fs"
import { resolve } from "node:path"
import { UserError } from "../../../src/errors.js"
import { imageName } from "../../../src/plan/programs/run-program.js"
import type { Plan } from "../../../src/plan/types.js"
import { checkDestination } from "../../build/destination.js"
import { outputFile } from "../../engine/staging.js"
import { isOwnArchive } from "../../source/own-files.js"
import { pathWithin } from "../../system/path-within.js"
import { checkStandardOutput, standardOutput } from "../../terminal/standard-output.js"
import type { Request } from "../../request.js"

/** Where nothing else is said. */
export function archiveName(plan: Plan, { target }: Pick<Request, "target">): string {
  return `${target ?? imageName(plan)}.oci.tar`
}

/** Of a file that was asked for: before it is left out of the source. */
export function checkAskedOutput(output: string | undefined, source: string): void {
  if (output === undefined || output === standardOutput) return
  const path = resolve(output)
  checkDestination(path)
  checkReplaced(path, false, source)
}

/** What a person would miss is not replaced: a file of the project, or whatever a link in it leads to. */
function checkReplaced(path: string, isDefault: boolean, source: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return
  if (isDefault && stat.isSymbolicLink()) {
    throw new UserError(`the output is a link: ${path} leads to ${readlinkSync(path)}`, {
      hint: "Remove it, or give another file with --output.",
    })
  }
  const isOfProject = pathWithin(source, path) !== undefined && stat.isFile() && stat.size > 0
  if (isOfProject && !path.endsWith(".tar") && !isOwnArchive(path)) {
    throw new UserError(`the output is a file of the project: ${path}`, {
      hint: "Give another name with --output, or remove it first: only archives are replaced there.",
    })
  }
}

/** Said before anything is built. */
export function checkOutput(
  plan: Plan,
  { target, output, load, push, run }: Request,
  source: string,
): void {
  if (load || push || (run && output === undefined)) return
  if (output === standardOutput) return checkStandardOutput()
  const path = resolve(output ?? archiveName(plan, { target }))
  checkDestination(path)
  outputFile(path)
  checkReplaced(path, output === undefined, source)
}
