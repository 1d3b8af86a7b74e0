import type { BaseDigests } from "../engine/base-digests.js"
import { readBaseLayouts } from "../bases/base-layouts.js"
import { exportsOf, exportsOfCheck, type CacheExport } from "./cache/build-cache.js"
import { CacheSilent } from "./cache/cache-watch.js"
import { ImportedCaches, shortReason } from "./cache/imported-caches.js"
import { describeCache, type CacheLocation } from "../cache/cache-location.js"
import { pruneLocalCache } from "../cache/local-cache.js"
import { connect } from "../engine/choose.js"
import {
  isToldAlone,
  type Engine,
  type ImageMetadata,
  type OciLayout,
  type Output,
  type ProgressEvent,
} from "../engine/engine.js"
import { lookAround, type Host } from "../bases/host.js"
import { isInstruction } from "../terminal/step-name.js"
import { allBaseImages, type Planned, type CacheUse } from "./planned.js"
import { Solver, type BuilderOptions } from "./solver.js"

/** Builds with one engine, as often as there is something to build. */
export class Builder {
  private readonly imported: ImportedCaches
  private readonly solver: Solver

  private constructor(
    readonly engine: Engine,
    private readonly context: BuilderOptions & { layouts: Record<string, OciLayout> },
    host: Host | undefined,
    private readonly images: readonly string[],
  ) {
    const { request, terminal } = context
    this.solver = new Solver(engine, context, host)
    this.imported = new ImportedCaches(request, (line) => {
      terminal.say(line)
    })
  }

  /**
   * Gives a builder to `use`, and stops what was started for it.
   *
   * @param planned All that is to be built.
   */
  static async with<T>(
    options: BuilderOptions,
    planned: readonly Planned[],
    use: (builder: Builder) => Promise<T>,
  ): Promise<T> {
    const builder = await Builder.connect(options, planned)
    try {
      return await use(builder)
    } finally {
      await builder.close()
    }
  }

  /** To be closed. */
  static async connect(options: BuilderOptions, planned: readonly Planned[]): Promise<Builder> {
    const { request, terminal, signal } = options
    const layouts = readBaseLayouts(request.baseLayouts)
    const images = allBaseImages(planned, layouts)
    let host: Host | undefined
    const onEmbedded = () => {
      host = lookAround(images, signal)
    }
    await terminal.prepare()
    const engine = await connect({ report: terminal, signal, onEmbedded, load: request.load })
    terminal.say(`building with ${engine.name}`)
    const found = request.cacheFrom.find(({ from }) => from !== undefined)
    if (found) terminal.say(`cache: ${describeCache(found)}  (${found.from})`)
    return new Builder(engine, { ...options, layouts }, host, images)
  }

  /** On an engine that is there, and has or finds its base images by itself. */
  static on(engine: Engine, options: BuilderOptions, planned: readonly Planned[]): Builder {
    const layouts = readBaseLayouts(options.request.baseLayouts)
    const images = allBaseImages(planned, layouts)
    return new Builder(engine, { ...options, layouts }, undefined, images)
  }

  /** With the same engine, when the project has changed; what is known of the machine is not asked again. */
  again(options: BuilderOptions, planned: readonly Planned[]): Builder {
    const { layouts } = this.context
    const { host } = this.solver
    const images = allBaseImages(planned, layouts)
    const isSame = images.join() === this.images.join()
    const known = isSame ? host : host && lookAround(images, options.signal)
    return new Builder(this.engine, { ...options, layouts }, known, images)
  }

  /** Of the images that were built on, as far as the engine has told them by now. */
  get baseDigests(): BaseDigests {
    return this.solver.baseDigests
  }

  close(): Promise<void> {
    return this.engine.close()
  }

  /**
   * @param render Told which build arguments the Dockerfile must know.
   * @param how `see` is told what goes on.
   */
  async build(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    output: Output,
    { cache = "own", see }: { cache?: CacheUse; see?: (event: ProgressEvent) => void } = {},
  ): Promise<ImageMetadata> {
    const { terminal, signal } = this.context
    const { cacheTo } = this.context.request
    if (cache === "own") this.imported.tellMissing()
    if (cache !== "none") await this.imported.ready(signal)
    const onProgress = (event: ProgressEvent) => {
      this.imported.see(event)
      this.solver.baseDigests.see(event)
      see?.(event)
      terminal.progress(event)
    }
    const cacheFrom = () =>
      cache === "none" ? undefined : this.imported.of(cache === "own" ? planned : {})
    const attempt = () =>
      this.solver.run(planned, render, { output, cacheFrom: cacheFrom(), onProgress })
    const metadata = await attempt().catch((error: unknown) => {
      const mayBeDone =
        this.solver.downloadsAgain(error) ||
        (cacheFrom() !== undefined && this.imported.giveUp(error))
      if (!mayBeDone) throw error
      return attempt()
    })
    if (cache === "own" && planned.isTask && cacheTo) {
      await this.exportParts(planned, render, cacheTo, exportsOfCheck(cacheTo, planned))
    }
    return metadata
  }

  /** What only saves time: why it failed, where that is no reason to fail. */
  async attempt(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    output: Output,
  ): Promise<string | undefined> {
    const { terminal, signal } = this.context
    try {
      await this.solver.run(planned, render, {
        output,
        cacheFrom: this.imported.of({}),
        onProgress: (event) => {
          terminal.progress(event)
        },
      })
      return undefined
    } catch (error) {
      if (signal.aborted || !isToldAlone(error)) throw error
      return shortReason(error.message)
    }
  }

  /** Once the image is where it was to go: what is wrong with a cache is no reason to have none. */
  async exportCache(planned: Planned, render: (buildArguments: string[]) => string): Promise<void> {
    const { cacheTo } = this.context.request
    if (cacheTo) await this.exportParts(planned, render, cacheTo, exportsOf(cacheTo, planned))
  }

  /** What is wrong is told once, and is not tried again: BuildKit has done that. */
  private async exportParts(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    to: CacheLocation,
    parts: readonly CacheExport[],
  ): Promise<void> {
    const { terminal, signal } = this.context
    if (this.imported.isSilent(to)) return
    for (const part of parts) {
      try {
        await this.solver.run(planned, render, {
          output: { type: "none" },
          cacheFrom: this.imported.of(planned),
          ...part,
          onProgress: (event) => {
            // All of them are done, and were shown.
            if (!("name" in event) || !isInstruction(event.name)) terminal.progress(event)
          },
        })
      } catch (error) {
        if (signal.aborted || !(isToldAlone(error) || error instanceof CacheSilent)) throw error
        const reason = shortReason(error.message)
        terminal.say(`note: the build cache was not written to ${describeCache(to)}: ${reason}`)
        return
      }
    }
    if (to.type === "local" && parts.length > 0) pruneLocalCache(to)
  }
}
