import { existsSync } from "node:fs"
import { findTargetFolders } from "../../../src/detect/project/descriptor.js"
import { allTargets } from "../../../src/settings/targets.js"
import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import { printPlan } from "../../../src/plan/print.js"
import { CheckName } from "../../../src/plan/tasks/check-name.js"
import { factsToKeep } from "../../../src/render/kept.js"
import type { SettingSources } from "../../../src/settings/resolve.js"
import { readAccess } from "../../access/access.js"
import { assemblePlans } from "../../build/assemble-plans.js"
import { withCredentials } from "../../access/credentials.js"
import { defaultsFor } from "../../build/defaults.js"
import { askGit } from "../../git/ask-git.js"
import { annotate } from "../../github/annotations.js"
import { findRoot, findTargetsFolder, workTree } from "../../source/find-root.js"
import { checkAskedOutput, checkOutput } from "./image-output.js"
import { measureAssets } from "../../source/asset-size.js"
import { LocalSource } from "../../source/local-source.js"
import { nameFromSource } from "../../build/name-from-source.js"
import { ownPatterns } from "../../source/own-files.js"
import { printDockerfile } from "../../build/print-dockerfile.js"
import { checkReplacedResults, checkResultFiles, resultFiles } from "../../build/result-files.js"
import type { CheckedBefore } from "../check/check.js"
import { Failures } from "../check/failures.js"
import type { Result } from "./result.js"
import { tellNotices } from "./notices.js"
import { forRun } from "./run-platform.js"
import { requestsOf } from "./targets.js"
import { noteWithoutTarget } from "./without-target.js"
import type { Terminal } from "../../terminal/terminal.js"
import type { Request } from "../../request.js"
import type { BuilderOptions } from "../../build/solver.js"

/*
 * What only some uses need is imported where they begin: to load all of it takes longer than a plan does.
 */

/** The command line's one job, for each of the targets. */
export async function build(
  request: Request,
  terminal: Terminal,
  catchSignals: () => AbortSignal,
): Promise<void> {
  const opened = openSource(request)
  const { source, folder } = opened
  if (opened.above !== undefined) terminal.say(`targets: from ${opened.above}/project.toml`)
  if (folder && workTree(source.folder) === undefined) {
    terminal.say(
      `source: ${source.folder}, above ${request.source}, because ${folder.from} needs it (this is not a Git work tree)`,
    )
  }
  if (request.affectedSince !== undefined) {
    const { printAffected } = await import("../check/affected.js")
    return printAffected(request, source, folder, terminal)
  }
  const requests = await requestsOf(request, source, folder?.value)
  checkResultFiles(request, requests.length)
  let caught: AbortSignal | undefined
  const results: Result[] = []
  const checked: CheckedBefore = new Map()
  const told = new Set<string>()
  const failures = new Failures()
  const targets = requests.map(({ target = "" }) => target)
  if (request.checks.length > 0 && request.targets.length > 0) {
    const { tellModulesWithoutTarget } = await import("../check/modules.js")
    await tellModulesWithoutTarget(source, folder?.value ?? "", targets, request, terminal)
  }
  for (const [i, each] of requests.entries()) {
    if (each.target !== undefined) terminal.say(`target: ${each.target}`)
    const signal = () => (caught ??= catchSignals())
    const work = () => buildOne(each, opened, terminal, { checked, told }, signal)
    if (isCheck(request)) {
      await failures.try(each.target && `target ${each.target}`, work)
      continue
    }
    const result = await work().catch((error) => {
      tellNotStarted(targets, i, terminal)
      throw error
    })
    if (result) results.push(result)
  }
  failures.throwIfAny()
  if (!makesImages(request)) return
  const { publishResults } = await import("./result.js")
  publishResults(results, request, process.env)
  for (const { failure } of results) if (failure) throw failure
}

function isCheck({ checks, testList }: Request): boolean {
  return checks.length > 0 || testList
}

function makesImages(request: Request): boolean {
  return !isCheck(request) && request.print === undefined
}

/** Which target failed, and which ones would come after it. */
function tellNotStarted(targets: readonly string[], failed: number, terminal: Terminal): void {
  if (targets.length < 2) return
  const rest = targets.slice(failed + 1)
  const then = rest.length > 0 ? `; not started: ${rest.join(", ")}` : ""
  terminal.say(`target ${targets[failed]} failed${then}`)
}

/** Of targets that were built or checked before. */
interface Earlier {
  checked: CheckedBefore
  told: Set<string>
}

/** Look, plan, and print that, or build it and do with the image what was asked. */
async function buildOne(
  request: Request,
  { source, folder, git }: Opened,
  terminal: Terminal,
  { checked, told }: Earlier,
  catchSignals: () => AbortSignal,
): Promise<Result | undefined> {
  const withSecrets = async <T>(
    { settings }: DetectedProject,
    use: (options: BuilderOptions) => Promise<T>,
  ) => {
    const signal = catchSignals()
    const neverSent = await source.neverSent()
    return withCredentials(settings, request, terminal, (secrets) =>
      use({ request, source: source.folder, neverSent, secrets, terminal, signal }),
    )
  }
  if (isCheck(request)) {
    const { checkModules } = await import("../check/check-modules.js")
    await checkModules(source, folder?.value ?? "", { request, terminal, checked }, (module, use) =>
      look(request, { source, folder, git }, module).then((project) =>
        withSecrets(project, (options) => use(project, options)).catch(
          tellGitHub(source.folder, project.facts.folder),
        ),
      ),
    )
    return undefined
  }
  const project = forRun(await look(request, { source, folder, git }), request)
  const { facts, settings } = project
  const plans = assemblePlans(request.print === "dockerfile" ? factsToKeep(facts) : facts, settings)
  const [plan] = plans
  // With the first one: it is the same for all.
  if (request.targets.includes(allTargets) && !told.has(allTargets)) {
    told.add(allTargets)
    const note = noteWithoutTarget(facts, await findTargetFolders(source, folder?.value))
    if (note !== undefined) terminal.say(`note: ${note}`)
  }
  if (request.print) {
    tellNotices(plan, terminal, told)
    if (request.print === "plan") process.stdout.write(plans.map(printPlan).join(""))
    else await printDockerfile(plans, facts, source, request, terminal)
    return undefined
  }
  checkOutput(plan, request, source.folder)
  for (const { what, value, from } of plan.decisions) terminal.say(`${what}: ${value}  (${from})`)
  const kept = await measureAssets(source, facts, settings)
  if (kept) terminal.say(`size of the files kept: ${kept}`)
  tellNotices(plan, terminal, told)
  const { buildImage } = await import("./build-image.js")
  const { Recorder } = await import("../../record/recorder.js")
  const recorder = new Recorder(source, project, plan, request)
  const tell = tellGitHub(source.folder, facts.folder)
  return withSecrets(project, (options) => buildImage(plans, project, options, recorder)).catch(
    (error) => {
      recorder.fail(error)
      return tell(nameFromSource(error, facts.folder))
    },
  )
}

/** @param module Folder of the one module that it is about; by default, that of the programs that are built. */
function look(
  request: Request,
  { source, folder, git }: Pick<Opened, "source" | "folder" | "git">,
  module?: string,
): Promise<DetectedProject> {
  const { options, target } = request
  const given: SettingSources = {
    ...{ options, environment: process.env, folder, target, git },
    withTests:
      request.testList ||
      [CheckName.Test, CheckName.Vet].some((name) => request.checks.includes(name)),
    defaults: defaultsFor(hasCache(request)),
    access: readAccess(request),
  }
  if (module === undefined) return detect(source, given)
  return detect(source, {
    ...given,
    folder: module === "" ? undefined : { value: module, from: "its go.mod" },
    ofModule: true,
  })
}

function tellGitHub(root: string, module: string): (error: unknown) => never {
  return (error) => {
    annotate(error, { root, module }, process.env)
    throw error
  }
}

function hasCache({ cacheFrom, cacheTo, warmTo }: Request): boolean {
  return cacheFrom.length > 0 || cacheTo !== undefined || warmTo !== undefined
}

/** As far up as the project needs it, and without what this build, or one before it, writes there. */
export function openSource(request: Request) {
  const { output, options, targets } = request
  const source = targets.length > 0 ? findTargetsFolder(request.source) : request.source
  const goWork = options.goWork ?? process.env["GOWORK"]
  const { root, folder, within } = findRoot(source, { goWork })
  checkAskedOutput(output, root)
  checkReplacedResults(request, root)
  const own = existsSync(root) ? ownPatterns(root, output, resultFiles(request)) : []
  const opened = new LocalSource(root, own, within)
  // Other processes look while this one does.
  const asked = askGit(opened.folder, own, process.env)
  const above = source === request.source ? undefined : source
  return { source: opened, folder, git: () => asked, above }
}

type Opened = ReturnType<typeof openSource>
