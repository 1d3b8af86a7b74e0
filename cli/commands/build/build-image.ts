import { statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type { DetectedProject } from "../../../src/detect/detect.js"
import { imageName } from "../../../src/plan/programs/run-program.js"
import type { Plan } from "../../../src/plan/types.js"
import { buildFactsOf } from "../../../src/sbom/build-facts.js"
import { Attestations } from "../../attest/attestations.js"
import { Builder } from "../../build/builder.js"
import { DoneSteps } from "../../record/done-steps.js"
import { copyToStandardOutput } from "../../terminal/copy-to-standard-output.js"
import { openBuilt, outputToRun } from "../../run/built-image.js"
import type { Engine, ImageMetadata, Output } from "../../engine/engine.js"
import { archiveName } from "./image-output.js"
import { addKeptLicenses, addLicenses } from "../../attest/module-licenses.js"
import type { Recorder } from "../../record/recorder.js"
import { byRegistry, pushToEach } from "./push.js"
import { renderPlans, toPlanned } from "../../build/render-plans.js"
import { readable, writeExplanation } from "../explain/explanation.js"
import { resultOf, type Result } from "./result.js"
import { tellSummary } from "./summary/tell.js"
import { aboutRun, modulePaths } from "../run/about.js"
import { runOnce } from "../run/run-once.js"
import { standardOutput } from "../../terminal/standard-output.js"
import type { Terminal } from "../../terminal/terminal.js"
import { keepCompiled, warmUp, warmUpTasks } from "../../build/warm-image.js"
import { makeWorkFolder } from "../../system/work-folder.js"
import type { CacheUse } from "../../build/planned.js"
import type { Request } from "../../request.js"
import { findBuilderId } from "../../attest/builder-id.js"
import type { BuilderOptions } from "../../build/solver.js"

/** Builds the image, and does with it what was asked; undefined where nothing stays of it. */
export async function buildImage(
  plans: [Plan, ...Plan[]],
  project: DetectedProject,
  options: BuilderOptions,
  recorder: Recorder,
): Promise<Result | undefined> {
  const { request, terminal, signal } = options
  const [plan] = plans
  const planned = toPlanned(plans)
  const warming = warmUpTasks(project, request)
  const temporary = makeWorkFolder(tmpdir(), "go-image-")
  const startedAt = Date.now()
  try {
    return await Builder.with(options, [planned, ...warming], async (builder) => {
      recorder.start()
      await warmUp(builder, warming, options)
      const output = chooseOutput(plan, request, temporary.path, builder.engine)
      const attestations = new Attestations(request, {
        build: () =>
          buildFactsOf(plans, project, {
            builderId: findBuilderId(request, process.env),
            target: request.target,
            digestOf: (image) => builder.baseDigests.of(image),
          }),
        complete: (facts) => addLicenses(facts, project, plan, builder, options),
        completeEarly: (facts) => addKeptLicenses(facts, project, plan),
        state: builder.engine.state,
        signal,
        say: (line) => {
          terminal.say(line)
        },
      })
      const build = (to: Output, cache: CacheUse = "own") =>
        builder.build(planned, (known) => renderPlans(plans, known), to, {
          cache,
          see: (event) => {
            steps.see(event)
            if (to.type === "push") attestations.see(event, to.tags)
          },
        })
      const steps = new DoneSteps(modulePaths(project))
      let metadata: ImageMetadata = {}
      if (output.type === "push") {
        await pushToEach(byRegistry(output.tags), async (tags, isFirst) => {
          const pushed = await build({ type: "push", tags }, isFirst ? "own" : "none")
          terminal.say(`pushed ${tags.join(", ")}`)
          metadata = await attestations.attachTo(tags, pushed)
        })
      } else metadata = await build(output)
      if (output.type === "oci") await attestations.writeFor(output)
      else if (output.type === "load" && attestations.areFiles) {
        // Docker's own store need not have it as it was built.
        const copy = {
          type: "oci" as const,
          path: join(temporary.path, "copy.tar"),
          tags: output.tags,
        }
        await build(copy, "none")
        await attestations.writeFor(copy)
      }
      if (request.explain !== undefined) {
        await writeExplanation(request.explain, plan, steps.all, readable(output, metadata))
      }
      await builder.exportCache(planned, (known) => renderPlans(plans, known))
      await keepCompiled(builder, project, options)
      // Whoever reads the archive, or the program, takes as long as it takes.
      terminal.watch?.stop()
      if (output.type === "oci" && request.output === standardOutput) {
        await copyToStandardOutput(output.path)
      }
      tell(output, request, terminal)
      const done = steps.all
      await recorder.finish({
        engine: builder.engine.name,
        steps: done,
        digestOf: (image) => builder.baseDigests.of(image),
      })
      const result = resultOf(output, metadata, request, { decisions: plan.decisions, steps: done })
      await tellSummary(terminal, plans, request, {
        ...{ output, metadata, startedAt, steps: done, images: result?.images },
        engine: builder.engine,
      })
      if (request.run) {
        const writeArchive = async () => {
          const path = join(temporary.path, archiveName(plan, request))
          await build({ type: "oci", path, tags: [] }, "none")
          return path
        }
        const built = await openBuilt(output, metadata, { engine: builder.engine, writeArchive })
        await runOnce(built, plan, aboutRun(project, request), terminal, signal)
      }
      return result && { ...result, failure: attestations.failure }
    })
  } finally {
    temporary.remove()
  }
}

/** Writes the image to an archive, without a word of where. */
export function buildArchive(
  plans: [Plan, ...Plan[]],
  options: BuilderOptions,
  path: string,
): Promise<ImageMetadata> {
  const planned = toPlanned(plans)
  const render = (known: string[]) => renderPlans(plans, known)
  return Builder.with(options, [planned], (builder) =>
    builder.build(planned, render, { type: "oci", path, tags: [] }),
  )
}

function chooseOutput(plan: Plan, request: Request, temporary: string, engine: Engine): Output {
  const { target, output, tags, load, push, run } = request
  if (load) return { type: "load", tags }
  if (push) return { type: "push", tags }
  const name = archiveName(plan, { target })
  const areFiles = [request.sbom, request.provenance, request.explain].some(Boolean)
  // What is told about an image is read from an archive.
  if (run && output === undefined && (engine.canLoad || !areFiles)) {
    const images = tags.length > 0 ? tags : [`go-image/${imageName(plan)}`]
    return outputToRun(engine, { images, archive: join(temporary, name) })
  }
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
