import { accessSync, constants, existsSync, lstatSync, readlinkSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { UserError } from "../src/errors.js"
import { detect } from "../src/detect/detect.js"
import type { Facts } from "../src/detect/facts.js"
import { assemblePlan } from "../src/plan/assemble.js"
import { printPlan } from "../src/plan/print.js"
import { splitPlatforms } from "../src/plan/platform.js"
import type { Plan } from "../src/plan/types.js"
import { renderDockerfile, withSyntax } from "../src/render/dockerfile.js"
import { excludeInStage } from "../src/render/excluded-source.js"
import { renderPlatformsDockerfile } from "../src/render/platforms.js"
import type { Settings } from "../src/settings/resolve.js"
import type { Request } from "./arguments.js"
import { printAffected } from "./affected.js"
import { Builder, type BuilderOptions, type Planned } from "./builder.js"
import { check } from "./check.js"
import { withCredentials } from "./credentials.js"
import type { Engine, ImageMetadata, Output } from "./engine/engine.js"
import { outputFile } from "./engine/staging.js"
import { askGit } from "./git/ask-git.js"
import { findRoot, findTargetsFolder } from "./find-root.js"
import { measureKeptFiles } from "./kept-files.js"
import { LocalSource } from "./local-source.js"
import { isOwnArchive, ownPatterns } from "./own-files.js"
import { pathWithin } from "./path-within.js"
import { byRegistry, pushToEach } from "./push.js"
import { checkResultFiles, publishResults, resultFiles, resultOf, type Result } from "./result.js"
import { requestsOf } from "./targets.js"
import { runOnce } from "./run-once.js"
import { checkStandardOutput, copyToStandardOutput, standardOutput } from "./standard-output.js"
import type { Terminal } from "./terminal.js"
import { makeWorkFolder } from "./work-folder.js"

/** The command line's one job, for each of the targets. */
export async function build(
  request: Request,
  terminal: Terminal,
  catchSignals: () => AbortSignal,
): Promise<void> {
  const opened = openSource(request)
  const { source, folder } = opened
  if (opened.above !== undefined) terminal.say(`targets: those of ${opened.above}/project.toml`)
  if (request.affectedSince !== undefined) return printAffected(request, source, folder)
  const requests = await requestsOf(request, source, folder?.value)
  checkResultFiles(request, requests.length)
  let caught: AbortSignal | undefined
  const results: Result[] = []
  for (const each of requests) {
    if (each.target !== undefined) terminal.say(`target: ${each.target}`)
    const result = await buildOne(each, opened, terminal, () => (caught ??= catchSignals()))
    if (result) results.push(result)
  }
  if (makesImages(request)) publishResults(results, request, process.env)
}

function makesImages({ checks, print }: Request): boolean {
  return checks.length === 0 && print === undefined
}

/** Look, plan, and print that, or build it and do with the image what was asked. */
async function buildOne(
  request: Request,
  { source, folder, git }: Opened,
  terminal: Terminal,
  catchSignals: () => AbortSignal,
): Promise<Result | undefined> {
  const { facts, settings } = await detect(source, {
    options: request.options,
    environment: process.env,
    folder,
    target: request.target,
    git,
  })
  const signal = catchSignals()
  const neverSent = await source.neverSent()
  const withSecrets = <T>(use: (options: BuilderOptions) => Promise<T>) =>
    withCredentials(settings, request, terminal, (secrets) =>
      use({ request, source: source.folder, neverSent, secrets, terminal, signal }),
    )
  if (request.checks.length > 0) {
    await withSecrets((options) => check({ facts, settings }, request.checks, options))
    return undefined
  }
  const plans = assemblePlans(facts, settings)
  const [plan] = plans
  if (request.print) {
    tellNotices(plan, terminal)
    process.stdout.write(
      request.print === "plan" ? plans.map(printPlan).join("") : printDockerfile(plans, facts),
    )
    return undefined
  }
  checkOutput(plan, request, source.folder)
  for (const { what, value, from } of plan.decisions) terminal.say(`${what}: ${value}  (${from})`)
  const kept = await measureKeptFiles(source, facts, settings)
  if (kept) terminal.say(`size of the files kept: ${kept}`)
  tellNotices(plan, terminal)
  return withSecrets((options) => buildImage(plans, options))
}

/** As far up as the project needs it, and without what this build, or one before it, writes there. */
export function openSource(request: Request) {
  const { output, options, targets } = request
  const source = targets.length > 0 ? findTargetsFolder(request.source) : request.source
  const goWork = options.goWork ?? process.env["GOWORK"]
  const { root, folder, within } = findRoot(source, { goWork })
  // Before it is left out of the source.
  if (output !== undefined && output !== standardOutput) checkReplaced(resolve(output), false, root)
  const own = existsSync(root) ? ownPatterns(root, output, resultFiles(request)) : []
  const opened = new LocalSource(root, own, within)
  // Other processes look while this one does.
  const asked = askGit(opened.folder, own, process.env)
  const above = source === request.source ? undefined : source
  return { source: opened, folder, git: () => asked, above }
}

type Opened = ReturnType<typeof openSource>

function tellNotices({ notices }: Plan, terminal: Terminal): void {
  for (const notice of notices) terminal.say(`note: ${notice}`)
}

/** One for each platform. */
function assemblePlans(facts: Facts, settings: Settings): [Plan, ...Plan[]] {
  const platforms = splitPlatforms(settings.platform)
  const [platform, ...others] = platforms.map((each) =>
    assemblePlan(facts, { ...settings, platform: each }),
  )
  return platform ? [platform, ...others] : [assemblePlan(facts, settings)]
}

/** For others to build, with nothing of ours beside it. */
function printDockerfile([plan, ...others]: [Plan, ...Plan[]], { sourceExclude }: Facts): string {
  const alone = (each: Plan) => excludeInStage(each, sourceExclude)
  return withSyntax(renderPlans([alone(plan), ...others.map(alone)]))
}

function renderPlans(plans: [Plan, ...Plan[]], buildArguments?: string[]): string {
  return plans.length > 1
    ? renderPlatformsDockerfile(plans, buildArguments)
    : renderDockerfile(plans[0], buildArguments)
}

async function buildImage(
  plans: [Plan, ...Plan[]],
  options: BuilderOptions,
): Promise<Result | undefined> {
  const { request, terminal, signal } = options
  const [plan] = plans
  const planned: Planned = {
    stages: plans.flatMap(({ stages }) => stages),
    sourceExclude: plan.sourceExclude,
    sourceName: plan.binaries.map((binary) => binary.package).join(" "),
    platforms: plans.flatMap(({ platform }) => platform ?? []),
    image: plan.image,
  }
  const temporary = makeWorkFolder(tmpdir(), "go-image-")
  try {
    return await Builder.with(options, [planned], async (builder) => {
      const output = chooseOutput(plan, request, temporary.path, builder.engine)
      const build = (to: Output, isFirst = true) =>
        builder.build(planned, (known) => renderPlans(plans, known), to, isFirst)
      let metadata: ImageMetadata = {}
      if (output.type === "push") {
        await pushToEach(byRegistry(output.tags), async (tags, isFirst) => {
          metadata = await build({ type: "push", tags }, isFirst)
          terminal.say(`pushed ${tags.join(", ")}`)
        })
      } else metadata = await build(output)
      // Whoever reads the archive, or the program, takes as long as it takes.
      terminal.watch?.stop()
      if (output.type === "oci" && request.output === standardOutput) {
        await copyToStandardOutput(output.path)
      }
      tell(output, request, terminal)
      if (request.run) await runOnce(output, plan, terminal, signal)
      return resultOf(output, metadata, request)
    })
  } finally {
    temporary.remove()
  }
}

function chooseOutput(
  plan: Plan,
  { target, output, tags, load, push, run }: Request,
  temporary: string,
  engine: Engine,
): Output {
  if (load) return { type: "load", tags }
  if (push) return { type: "push", tags }
  // Docker runs what is in its own store.
  if (run && output === undefined && engine.canLoad) {
    return {
      type: "load",
      tags: tags.length > 0 ? tags : [`go-image/${plan.binaries[0]?.name ?? "image"}`],
    }
  }
  const name = archiveName(plan, { target })
  // An image that is only to be run once, or goes to another program, is not left behind.
  const passing = output === undefined ? run : output === standardOutput
  return { type: "oci", path: passing ? join(temporary, name) : resolve(output ?? name), tags }
}

function tell(output: Output, { run, output: asked }: Request, terminal: Terminal): void {
  if (output.type === "load") terminal.say(`loaded ${output.tags.join(", ")}`)
  else if (output.type === "oci" && (!run || asked !== undefined)) {
    const where = asked === standardOutput ? "the archive" : output.path
    terminal.say(`wrote ${where} (${(statSync(output.path).size / 1e6).toFixed(1)} MB)`)
  }
}

/** Where nothing else is said. */
function archiveName({ binaries }: Plan, { target }: Pick<Request, "target">): string {
  return `${target ?? binaries[0]?.name ?? "image"}.oci.tar`
}

/** What a person would miss is not replaced: a file of the project, or whatever a link in it leads to. */
function checkReplaced(path: string, isDefault: boolean, source: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return
  if (isDefault && stat.isSymbolicLink()) {
    throw new UserError(`the output is a link: ${path} leads to ${readlinkSync(path)}`, {
      hint: "Remove it, or give the file that is to be written with --output.",
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
function checkOutput(
  plan: Plan,
  { target, output, load, push, run }: Request,
  source: string,
): void {
  if (load || push || (run && output === undefined)) return
  if (output === standardOutput) return checkStandardOutput()
  const path = resolve(output ?? archiveName(plan, { target }))
  outputFile(path)
  checkReplaced(path, output === undefined, source)
  // A rename puts the archive there; folders that are missing are made.
  let folder = dirname(path)
  while (!existsSync(folder)) folder = dirname(folder)
  if (!statSync(folder).isDirectory()) {
    throw new UserError(`a file where the output's folder would be: ${folder}`, {
      hint: "Give another path with --output.",
    })
  }
  accessSync(folder, constants.W_OK)
}
