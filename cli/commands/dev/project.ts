import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import type { Facts } from "../../../src/detect/facts.js"
import { isIgnoreFile, readIgnoreFiles } from "../../../src/detect/patterns/ignore-files.js"
import type { Source } from "../../../src/detect/source.js"
import type { Plan } from "../../../src/plan/types.js"
import { readAccess } from "../../access/access.js"
import type { Request } from "../../request.js"
import { assemblePlans } from "../../build/assemble-plans.js"
import { openSource } from "../build/build.js"
import { requestsOf } from "../build/targets.js"
import type { Interest } from "./relevance.js"

/** How the project is at this moment. */
export interface Project {
  request: Request
  /** Absolute path of the source. */
  root: string
  neverSent: string[]
  detected: DetectedProject
  plans: [Plan, ...Plan[]]
  interest: Interest
}

/** What is looked for, also where a plan fails: a file may be what it fails for. */
export interface Looked {
  root: string
  read: ReadonlySet<string>
}

/** @param looked Told where it looks, before it does. */
export async function readProject(asked: Request, looked: (at: Looked) => void): Promise<Project> {
  const { source, folder, git } = openSource(asked)
  looked({ root: source.folder, read: source.asked })
  const [request = asked] = await requestsOf(asked, source, folder?.value)
  const detected = await detect(source, {
    options: request.options,
    environment: process.env,
    folder,
    target: request.target,
    access: readAccess(request),
    git,
  })
  const plans = assemblePlans(detected.facts, detected.settings)
  const neverSent = await source.neverSent()
  const { files } = await source.survey()
  return {
    ...{ request, root: source.folder, neverSent, detected, plans },
    interest: {
      neverSent,
      excluded: plans[0].sourceExclude,
      known: new Set(files),
      isIgnored: await ignoredIn(source, files, detected.facts),
      read: source.asked,
    },
  }
}

async function ignoredIn(
  source: Source,
  files: readonly string[],
  { assetRoot }: Facts,
): Promise<(path: string) => boolean> {
  const contents = await source.read(files.filter(isIgnoreFile))
  const ignoredBy = readIgnoreFiles(contents, assetRoot, [], await source.above?.())
  return (path) => ignoredBy(path) !== undefined
}
