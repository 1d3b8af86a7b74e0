import { affectedTargets, type Target } from "../src/affected.js"
import { findTargets } from "../src/detect/descriptor.js"
import { detect } from "../src/detect/detect.js"
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

/** Those of project.toml; where there are none, each program of each module. */
async function targetsOf(source: LocalSource, given: Given): Promise<Target[]> {
  const names = await findTargets(source, given.folder?.value)
  if (names.length > 0) return names.map((name) => ({ name, given: { ...given, target: name } }))
  const withPackages = (packages: string[], from = given.folder): Given => ({
    ...given,
    folder: from,
    options: { ...given.options, packages },
  })
  const { facts } = await detect(source, withPackages(["./..."]))
  // Their paths are relative to the source, not to the folder in it.
  const root = { value: "", from: "--affected-since" }
  return facts.programs.mainPackages.map(({ path }) => ({
    name: path,
    given: withPackages([path], root),
  }))
}
