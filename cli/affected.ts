import { affectedTargets, targetsOf } from "../src/affected.js"
import type { Given, Setting } from "../src/settings/resolve.js"
import type { Request } from "./arguments.js"
import { changedSince, GitSource } from "./git-source.js"
import type { LocalSource } from "./local-source.js"

/** `--affected-since`: prints the targets that a change matters to, one a line. */
export async function printAffected(
  request: Request,
  source: LocalSource,
  folder: Setting<string> | undefined,
): Promise<void> {
  const commit = request.affectedSince ?? "HEAD"
  const given: Given = { options: request.options, environment: process.env, folder }
  const change = {
    before: new GitSource(source.folder, commit),
    after: source,
    changed: changedSince(source.folder, commit),
  }
  const affected = await affectedTargets(await targetsOf(source, given), change)
  process.stdout.write(
    request.json ? `${JSON.stringify(affected)}\n` : affected.map((name) => `${name}\n`).join(""),
  )
}
