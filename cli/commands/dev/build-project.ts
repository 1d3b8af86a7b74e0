import { imageName } from "../../../src/plan/programs/run-program.js"
import { join } from "node:path"
import { withCredentials } from "../../access/credentials.js"
import { openBuilt, outputToRun, type BuiltImage } from "../../run/built-image.js"
import { nameFromSource } from "../../build/name-from-source.js"
import { StallWatch } from "../../terminal/stall.js"
import type { Terminal } from "../../terminal/terminal.js"
import { Builder } from "../../build/builder.js"
import { renderPlans, toPlanned } from "../../build/render-plans.js"
import type { Project } from "./project.js"
import type { Engine } from "../../engine/engine.js"
import { RebuildTerminal } from "./rebuild-terminal.js"
import type { BuilderOptions } from "../../build/solver.js"

export interface ProjectBuildOptions {
  terminal: Terminal
  /** Of all builds. */
  signal: AbortSignal
  /** A folder for what is needed for a moment. */
  temporary: string
  /** The engine is there, and nothing is built yet. */
  onEngine: (engine: Engine) => Promise<void>
}

/** Builds a project again and again, with one engine that stays. */
export class ProjectBuilds {
  private builder: Builder | undefined

  constructor(private readonly options: ProjectBuildOptions) {}

  get engine() {
    return this.builder?.engine
  }

  /** @param superseded Aborts this build alone. */
  async build(
    project: Project,
    { isFirst, superseded }: { isFirst: boolean; superseded: AbortSignal },
  ): Promise<BuiltImage> {
    const { terminal, signal } = this.options
    const { request, detected } = project
    const shown = isFirst || request.verbose ? terminal : new RebuildTerminal(terminal)
    const watch = new StallWatch({
      limit: request.stallTimeout,
      waitingFor: () => shown.doing,
      isProgram: () => shown.isRunningProgram,
      say: (line) => {
        terminal.remark(line)
      },
    })
    shown.watch = watch
    try {
      return await withCredentials(detected.settings, request, shown, (secrets) =>
        this.buildWith(project, {
          ...{ request, source: project.root, neverSent: project.neverSent, secrets },
          ...{ terminal: shown, signal: AbortSignal.any([signal, superseded, watch.signal]) },
        }),
      )
    } catch (error) {
      throw nameFromSource(error, detected.facts.folder)
    } finally {
      watch.stop()
      shown.watch = undefined
      shown.finish()
    }
  }

  close(): Promise<void> {
    return this.builder?.close() ?? Promise.resolve()
  }

  private async buildWith({ plans }: Project, options: BuilderOptions): Promise<BuiltImage> {
    const { signal, temporary } = this.options
    const planned = toPlanned(plans)
    const render = (known: string[]) => renderPlans(plans, known)
    if (!this.builder) {
      this.builder = await Builder.connect({ ...options, signal }, [planned])
      await this.options.onEngine(this.builder.engine)
    }
    const builder = this.builder.again(options, [planned])
    const archive = join(temporary, "image.tar")
    const images = [`go-image/${imageName(plans[0])}:dev`]
    const output = outputToRun(builder.engine, { images, archive })
    const metadata = await builder.build(planned, render, output)
    const writeArchive = async () => {
      await builder.build(planned, render, { type: "oci", path: archive, tags: [] })
      return archive
    }
    return openBuilt(output, metadata, { engine: builder.engine, writeArchive })
  }
}
