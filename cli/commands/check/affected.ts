import { affectedTargets, namedTargets, targetsOf } from "../../../src/affected.js"
import type { SettingSources } from "../../../src/settings/resolve.js"
import { resolveCommit, sourceAt } from "../../source/git-source.js"
import type { LocalSource } from "../../source/local-source.js"
import type { Setting } from "../../../src/settings/setting.js"
import type { Terminal } from "../../terminal/terminal.js"
import type { Request } from "../../request.js"

/**
 * `--affected-since`: prints the targets that a change matters to, of those that are named (`--target`), one a line; why each is
 * one of them, on standard error.
 */
export async function printAffected(
  request: Request,
  source: LocalSource,
  folder: Setting<string> | undefined,
  terminal: Pick<Terminal, "say">,
): Promise<void> {
  const commit = await resolveCommit(source.folder, request.affectedSince ?? "HEAD")
  const given: SettingSources = { options: request.options, environment: process.env, folder }
  const change = { ...(await sourceAt(source, commit)), after: source }
  const targets = namedTargets(await targetsOf(source, given), request.targets)
  const affected = await affectedTargets(targets, change, (name, reason) => {
    terminal.say(`${name}: ${reason}`)
  })
  process.stdout.write(
    request.json ? `${JSON.stringify(affected)}\n` : affected.map((name) => `${name}\n`).join(""),
  )
}
