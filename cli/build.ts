import { statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { UserError } from "../src/errors.js"
import { detect } from "../src/detect/detect.js"
import { assemblePlan } from "../src/plan/assemble.js"
import { printPlan } from "../src/plan/print.js"
import type { Plan } from "../src/plan/types.js"
import { renderDockerfile, withSyntax } from "../src/render/dockerfile.js"
import type { Request } from "./arguments.js"
import { readBaseLayouts } from "./base-layouts.js"
import { resolveBases } from "./bases/resolve.js"
import { connect } from "./engine/choose.js"
import { hostGoEnvironment } from "./engine/goenv.js"
import type { Engine, Output } from "./engine/engine.js"
import { SetupError } from "./exit.js"
import { measureKeptFiles } from "./kept-files.js"
import { LocalSource } from "./local-source.js"
import { runOnce } from "./run-once.js"
import type { Terminal } from "./terminal.js"
import { makeWorkFolder } from "./work-folder.js"

/** The command line's one job: look, plan, and print that, or build it and do with the image what was asked. */
export async function build(
  request: Request,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const source = new LocalSource(request.source)
  const { facts, settings } = await detect(source, {
    options: request.options,
    environment: process.env,
  })
  const plan = assemblePlan(facts, settings)
  if (request.print) {
    process.stdout.write(
      request.print === "plan" ? printPlan(plan) : withSyntax(renderDockerfile(plan)),
    )
    return
  }
  checkOutput(request.output)
  for (const { what, value, from } of plan.decisions) terminal.say(`${what}: ${value}  (${from})`)
  const kept = await measureKeptFiles(source, facts, settings)
  if (kept) terminal.say(`size of the files kept: ${kept}`)
  for (const notice of plan.notices) terminal.say(`note: ${notice}`)
  await buildPlan(plan, source, request, terminal, signal)
}

async function buildPlan(
  plan: Plan,
  source: LocalSource,
  request: Request,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const baseLayouts = readBaseLayouts(request.baseLayouts)
  const temporary = makeWorkFolder(tmpdir(), "go-image-")
  // Asked for while the engine is looked for: an engine on this machine gets modules as this machine does.
  const hostEnvironment = hostGoEnvironment(signal)
  hostEnvironment.catch(() => undefined)
  try {
    const engine = await settingUp(connect({ report: terminal, signal }))
    try {
      terminal.say(`building with ${engine.name}`)
      const images = baseImages(plan).filter((image) => !(image in baseLayouts))
      const bases = { engine, report: terminal, platform: plan.platform, signal }
      const output = chooseOutput(plan, request, temporary.path, engine)
      const [goEnvironment, layouts] = await Promise.all([
        engine.embedded ? hostEnvironment : {},
        resolveBases(images, bases),
      ])
      const dockerfile = renderDockerfile(plan, Object.keys(goEnvironment))
      await engine.build({
        // Our own engine is new enough, and must do without a registry.
        dockerfile: engine.embedded ? dockerfile : withSyntax(dockerfile),
        buildArgs: goEnvironment,
        context: source.folder,
        ignore: plan.sourceExclude,
        platform: plan.platform,
        layouts: { ...layouts, ...baseLayouts },
        output,
        noCache: !request.cache,
        cacheImage: request.cacheImage,
        onProgress: (event) => terminal.progress(event),
        signal,
      })
      terminal.finish()
      tell(output, request, terminal)
      if (request.run) await runOnce(output, plan, terminal, signal)
    } finally {
      await engine.close()
    }
  } finally {
    temporary.remove()
  }
}

function chooseOutput(
  plan: Plan,
  { output, tags, load, push, run }: Request,
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
  const name = `${plan.binaries[0]?.name ?? "image"}.oci.tar`
  // An image that is only to be run once is not left behind.
  const path = output !== undefined ? resolve(output) : run ? join(temporary, name) : resolve(name)
  return { type: "oci", path, tags }
}

function tell(output: Output, { run, output: asked }: Request, terminal: Terminal): void {
  if (output.type === "load") terminal.say(`loaded ${output.tags.join(", ")}`)
  else if (output.type === "push") terminal.say(`pushed ${output.tags.join(", ")}`)
  else if (!run || asked !== undefined) {
    terminal.say(`wrote ${output.path} (${(statSync(output.path).size / 1e6).toFixed(1)} MB)`)
  }
}

/** Said before anything is built. */
function checkOutput(path: string | undefined): void {
  if (path === undefined) return
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`the output is a folder: ${path}`, {
      hint: `Give a file, e.g. ${join(path, "app.oci.tar")}.`,
    })
  }
  const folder = resolve(path, "..")
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`the output's folder does not exist: ${folder}`, { hint: "Make it first." })
  }
}

function baseImages(plan: Plan): string[] {
  return plan.stages.flatMap(({ from }) => ("image" in from ? [from.image] : []))
}

/** What a person must do about it is on the machine, not in the project. */
async function settingUp<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof UserError ? new SetupError(error.message) : error
  }
}
