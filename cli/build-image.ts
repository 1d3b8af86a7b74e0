import { statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type { Plan } from "../src/plan/types.js"
import type { Request } from "./arguments.js"
import { Builder, type BuilderOptions, type Planned } from "./builder.js"
import { copyToStandardOutput } from "./copy-to-standard-output.js"
import type { Engine, ImageMetadata, Output } from "./engine/engine.js"
import { archiveName } from "./image-output.js"
import { byRegistry, pushToEach } from "./push.js"
import { renderPlans } from "./render-plans.js"
import { resultOf, type Result } from "./result.js"
import { runOnce } from "./run-once.js"
import { standardOutput } from "./standard-output.js"
import type { Terminal } from "./terminal.js"
import { makeWorkFolder } from "./work-folder.js"

/** Builds the image, and does with it what was asked; undefined where nothing stays of it. */
export async function buildImage(
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
