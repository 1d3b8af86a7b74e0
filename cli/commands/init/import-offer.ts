import type { Request } from "../../request.js"
import { UserError } from "../../../src/errors.js"
import { listSome } from "../../../src/list.js"
import type { Options } from "../../../src/options.js"
import { asTyped, programName } from "../../program-name.js"
import { importProject, type Imported } from "../import/import.js"
import { settingLines, targetLines, type Target } from "./project-toml.js"
import { sayOf, type Setup } from "./setup.js"

/** For project.toml. */
export interface Taken {
  settings: Options
  targets: readonly Target[]
}

const nothing: Taken = { settings: {}, targets: [] }

/** What a Dockerfile, .ko.yaml and the like say, and project.toml has not; nothing where a person does not want it. */
export async function offerImport(setup: Setup): Promise<Taken> {
  const { request, ask } = setup
  const say = sayOf(setup)
  const imported = await importIfClear(request)
  const files = [...new Set(imported?.found.map(({ file }) => file) ?? [])]
  if (!imported || files.length === 0) return nothing
  const command = `${programName} import ${asTyped(request.source)}`
  const { settings, targets } = imported
  const lines = [...settingLines(settings), ...targetLines(targets).filter((line) => line !== "")]
  const from = listSome(files, 4)
  if (lines.length === 0) {
    say(
      `${from}: read by each build, nothing of it has to be written (${command} says what it means)`,
    )
    return nothing
  }
  if (!ask) {
    say(`${from}: ${command} --write writes what it says, too:`)
    for (const line of lines) say(`  ${line}`)
    return nothing
  }
  say(`${from}, for project.toml (${command} explains it):\n${lines.join("\n")}`)
  return (await ask.agree("Take these settings over?", true)) ? { settings, targets } : nothing
}

/** None of a repository where it is not clear what is built. */
async function importIfClear(request: Request): Promise<Imported | undefined> {
  try {
    return await importProject(request)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}
