import { basename } from "node:path"
import type { Plan } from "../../../../src/plan/types.js"
import type { Request } from "../../../request.js"
import type { DoneStep, Engine, ImageMetadata, Output } from "../../../engine/engine.js"
import { standardOutput } from "../../../terminal/standard-output.js"
import type { Terminal } from "../../../terminal/terminal.js"
import { readDelivered } from "./layers.js"
import { runLines } from "./run-lines.js"
import { summarise, summaryLines } from "./summary.js"

export interface Built {
  output: Output
  metadata: ImageMetadata
  engine: Pick<Engine, "state" | "canLoad">
  startedAt: number
  steps: readonly DoneStep[]
  /** Names with their digest; undefined where nothing stays of the image. */
  images: readonly string[] | undefined
}

/** What a build tells at its end. */
export async function tellSummary(
  terminal: Terminal,
  plans: readonly [Plan, ...Plan[]],
  { target, output: asked }: Request,
  { output, metadata, engine, startedAt, steps, images }: Built,
): Promise<void> {
  if (!terminal.showsResult) return
  const [plan] = plans
  const seconds = (Date.now() - startedAt) / 1000
  const stays = images !== undefined && asked !== standardOutput
  // The archive by the name that it was asked for by, which is what somebody would type.
  const shown = output.type === "oci" ? { ...output, path: asked ?? basename(output.path) } : output
  // What Docker writes is OCI's alone.
  const isArchiveForAll = plans.length === 1 && !engine.canLoad
  const summary = summarise(plan, {
    ...(target !== undefined && { target }),
    platforms: plans.flatMap(({ platform }) => platform ?? []),
    digest: metadata["containerimage.digest"],
    images: images ?? [],
    ...(stays && output.type === "oci" && { archive: output.path }),
    ...(await readDelivered(output, metadata, plan, engine.state)),
    seconds,
    steps,
    run: stays ? runLines(shown, plan, { images, isArchiveForAll }) : [],
  })
  terminal.result(summary, summaryLines(summary))
}
