import { randomUUID } from "node:crypto"
import type { ImageConfig } from "../../src/plan/types.js"
import { dockerfileFrontend, withSyntax } from "../../src/render/dockerfile.js"
import { findAgent } from "../access/access.js"
import { BaseDigests } from "../engine/base-digests.js"
import { readBaseLayouts } from "../bases/base-layouts.js"
import { resolveBases } from "../bases/resolve.js"
import { checksCache, exportsOf, type CacheExport } from "./build-cache.js"
import { ImportedCaches, shortReason } from "./imported-caches.js"
import { lacksPrivateModules } from "../engine/lost-modules.js"
import { describeCache } from "../cache/cache-location.js"
import { pruneLocalCache } from "../cache/local-cache.js"
import { connect } from "../engine/choose.js"
import {
  isToldAlone,
  type BuildRequest,
  type BuildResult,
  type Engine,
  type ImageMetadata,
  type OciLayout,
  type Output,
  type ProgressEvent,
} from "../engine/engine.js"
import { mirrorOf } from "../access/registry-mirror.js"
import { withRetries } from "../engine/retry.js"
import { lookAround, unlessRefused, type Host } from "../bases/host.js"
import { isInstruction } from "../terminal/step-name.js"
import { allBaseImages, baseImages, type Planned, type CacheUse } from "./planned.js"
import type { BuilderOptions } from "./builder-options.js"

/** Builds with one engine, as often as there is something to build. */
export class Builder {
  /**
   * A build argument that no step was built with before. Not BuildKit's own `--no-cache`, which empties the cache volumes of
   * the steps: everybody's modules and compiled packages would be gone.
   */
  private readonly onlyNow = { GO_IMAGE_BUILD: randomUUID() }
  private runsAllSteps: boolean

  /** Of the images that were built on, as far as the engine has told them by now. */
  readonly baseDigests = new BaseDigests()
  private readonly imported: ImportedCaches

  private constructor(
    readonly engine: Engine,
    private readonly context: BuilderOptions & { layouts: Record<string, OciLayout> },
    /** For an engine of ours on it. */
    private readonly host: Host | undefined,
    private readonly images: readonly string[],
  ) {
    const { request, terminal } = context
    this.runsAllSteps = !request.cache
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
    const images = allBaseImages(planned, readBaseLayouts(request.baseLayouts))
    let host: Host | undefined
    const onEmbedded = () => {
      host = lookAround(images, signal)
    }
    await terminal.prepare()
    const engine = await connect({ report: terminal, signal, onEmbedded, load: request.load })
    terminal.say(`building with ${engine.name}`)
    const found = request.cacheFrom.find(({ from }) => from !== undefined)
    if (found) terminal.say(`cache: ${describeCache(found)}  (${found.from})`)
    return Builder.on(engine, options, planned, host)
  }

  /** @param host For an engine of ours on it. */
  static on(
    engine: Engine,
    options: BuilderOptions,
    planned: readonly Planned[],
    host?: Host,
  ): Builder {
    const layouts = readBaseLayouts(options.request.baseLayouts)
    return new Builder(engine, { ...options, layouts }, host, allBaseImages(planned, layouts))
  }

  /** With the same engine, when the project has changed; what is known of the machine is not asked again. */
  again(options: BuilderOptions, planned: readonly Planned[]): Builder {
    const { layouts } = this.context
    const images = allBaseImages(planned, layouts)
    const isSame = images.join() === this.images.join()
    const host = isSame ? this.host : this.host && lookAround(images, options.signal)
    return new Builder(this.engine, { ...options, layouts }, host, images)
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
    const { terminal } = this.context
    const { cacheTo } = this.context.request
    if (cache === "own") this.imported.tellMissing()
    const onProgress = (event: ProgressEvent) => {
      this.imported.see(event)
      this.baseDigests.see(event)
      see?.(event)
      terminal.progress(event)
    }
    const cacheFrom = () =>
      cache === "none" ? undefined : this.imported.of(cache === "own" ? planned : {})
    const attempt = () => this.run(planned, render, { output, cacheFrom: cacheFrom(), onProgress })
    const metadata = await attempt().catch((error: unknown) => {
      const mayBeDone =
        this.downloadsAgain(error) || (cacheFrom() !== undefined && this.imported.giveUp(error))
      if (!mayBeDone) throw error
      return attempt()
    })
    if (cache === "own" && planned.isTask && cacheTo) {
      const location = checksCache(cacheTo)
      await this.exportParts(planned, render, [{ cacheTo: { location, steps: "all" } }])
    }
    return metadata
  }

  /** Once: where private modules are gone that a step of an earlier build has downloaded, all steps are run. */
  private downloadsAgain(error: unknown): boolean {
    const { secrets, request, terminal } = this.context
    const hasPasswords = Object.keys(secrets).length > 0 || request.ssh !== undefined
    if (this.runsAllSteps || !hasPasswords || !lacksPrivateModules(error)) return false
    this.runsAllSteps = true
    terminal.say(
      "note: private modules of an earlier build are no longer in the cache volume; downloading them again",
    )
    return true
  }

  /** What only saves time: why it failed, where that is no reason to fail. */
  async attempt(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    output: Output,
  ): Promise<string | undefined> {
    const { terminal, signal } = this.context
    try {
      await this.run(planned, render, {
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
    if (!cacheTo) return
    const isDone = await this.exportParts(planned, render, exportsOf(cacheTo, planned))
    if (isDone && cacheTo.type === "local") pruneLocalCache(cacheTo)
  }

  /** What is wrong is told once, and is not tried again: BuildKit has done that. */
  private async exportParts(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    parts: readonly CacheExport[],
  ): Promise<boolean> {
    const { request, terminal, signal } = this.context
    for (const part of parts) {
      try {
        await this.run(planned, render, {
          output: { type: "none" },
          cacheFrom: this.imported.of(planned),
          ...part,
          onProgress: (event) => {
            // All of them are done, and were shown.
            if (!("name" in event) || !isInstruction(event.name)) terminal.progress(event)
          },
        })
      } catch (error) {
        if (signal.aborted || !isToldAlone(error)) throw error
        const where = describeCache(request.cacheTo!)
        terminal.say(
          `note: the build cache was not written to ${where}: ${shortReason(error.message)}`,
        )
        return false
      }
    }
    return true
  }

  private async run(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    what: Pick<
      BuildRequest,
      "output" | "cacheFrom" | "cacheTo" | "target" | "platforms" | "onProgress"
    >,
  ): Promise<ImageMetadata> {
    const { request, source, neverSent, secrets, terminal, signal, layouts } = this.context
    const { engine } = this
    const { platforms = [], image } = planned
    const images = baseImages(planned, layouts)
    const goEnvironment = (await this.host?.goEnvironment) ?? {}
    const buildArgs = { ...goEnvironment, ...(this.runsAllSteps && this.onlyNow) }
    const dockerfile = render(Object.keys(buildArgs))
    const { metadata } = await this.buildOnBases(images, {
      // Our own engine is new enough, and must do without a registry.
      dockerfile: engine.embedded
        ? dockerfile
        : withSyntax(dockerfile, mirrorOf(dockerfileFrontend, request)),
      buildArgs: { ...buildArgs, ...(image && epochArgument(image)) },
      annotations: Object.fromEntries(
        (image?.annotations ?? []).map(({ name, value }) => [name, value]),
      ),
      context: source,
      contextName: planned.sourceName,
      ignore: [...planned.sourceExclude, ...neverSent],
      platforms,
      layouts,
      secrets,
      ssh: request.ssh === undefined ? undefined : findAgent(request.ssh),
      ...what,
      signal,
    })
    terminal.finish()
    return metadata
  }

  private async buildOnBases(images: string[], request: BuildRequest): Promise<BuildResult> {
    const { engine, host } = this
    const { terminal, signal } = this.context
    if (!host) return this.retrying(request)
    const done = host.registriesExpected
      ? await unlessRefused(host.registries, signal, (either) =>
          this.retrying({ ...request, signal: either }),
        )
      : undefined
    if (done) return done
    const { platforms } = request
    const options = { engine, report: terminal, platforms, signal }
    const bases = await resolveBases(images, await host.registries, options)
    return this.retrying({ ...request, layouts: { ...bases, ...request.layouts } })
  }

  private async retrying(request: BuildRequest): Promise<BuildResult> {
    const { terminal, signal } = this.context
    this.baseDigests.know(request.layouts)
    const say = (line: string) => {
      terminal.say(line)
    }
    const options = { say, signal: request.signal ?? signal }
    // A cache is not worth the wait.
    const pauses = request.cacheTo ? [] : undefined
    return withRetries(() => this.engine.build(request), options, pauses)
  }
}

/**
 * BuildKit's own build argument: times of what it makes itself, and of the image's history. Not the commit's by default: it
 * is part of steps of all stages, and each commit would do all of them again.
 */
function epochArgument({ sourceDateEpoch = 0 }: Pick<ImageConfig, "sourceDateEpoch">) {
  return { SOURCE_DATE_EPOCH: String(sourceDateEpoch) }
}
