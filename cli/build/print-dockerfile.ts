import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Facts } from "../../src/detect/facts.js"
import { readIgnorePatterns } from "../../src/detect/patterns/as-dockerignore.js"
import { vcsFolders } from "../../src/detect/source.js"
import type { Plan } from "../../src/plan/types.js"
import { dockerignore, keptDockerfile, type Here } from "../../src/render/kept.js"
import type { Request } from "../request.js"
import { pathWithin } from "../system/path-within.js"
import type { LocalSource } from "../source/local-source.js"
import type { Terminal } from "../terminal/terminal.js"
import { refuseEmptied } from "../source/emptied-dockerfile.js"
import { ignoreFileOf, writeResult } from "./result-files.js"

/** For others to build, with nothing of ours: to standard output, or to a file, with a .dockerignore for it. */
export async function printDockerfile(
  plans: [Plan, ...Plan[]],
  facts: Facts,
  source: LocalSource,
  { dockerfile }: Pick<Request, "dockerfile">,
  terminal: Terminal,
): Promise<void> {
  if (dockerfile === undefined) await refuseEmptied(source.folder)
  const here: Here = {
    ...(await source.survey()),
    vcs: vcsFolders.filter((folder) => existsSync(join(source.folder, folder))),
    ignored: await readIgnorePatterns(source, facts.assetRoot),
  }
  const hasIgnoreFile = dockerfile !== undefined
  const text = keptDockerfile(plans, facts, here, { hasIgnoreFile })
  if (facts.git?.modified) {
    terminal.say(
      "note: the source has changes that are not committed; the Dockerfile has the version of the last commit, without +dirty",
    )
  }
  if (!hasIgnoreFile) {
    process.stdout.write(text)
    return
  }
  const ignoreFile = ignoreFileOf(dockerfile)
  writeResult(dockerfile, text)
  const own = [dockerfile, ignoreFile].flatMap((file) => pathWithin(source.folder, file) ?? [])
  writeResult(ignoreFile, dockerignore(plans, facts, here, own))
  terminal.say(`${dockerfile} and ${ignoreFile} are written`)
  terminal.say(`build it with: docker build --file ${dockerfile} ${source.folder}`)
}
