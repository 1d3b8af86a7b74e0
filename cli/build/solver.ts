import { randomUUID } from "node:crypto"
import type { ImageConfig } from "../../src/plan/types.js"
import { dockerfileFrontend } from "../../src/render/dockerfile.js"
import { findAgent } from "../access/access.js"
import { BaseDigests } from "../engine/base-digests.js"
import { resolveBases } from "../bases/resolve.js"
import type {
  BuildRequest,
  BuildResult,
  Engine,
  ImageMetadata,
  OciLayout,
  ProgressEvent,
} from "../engine/engine.js"
import { lacksPrivateModules } from "../engine/lost-modules.js"
import { mirrorOf } from "../access/registry-mirror.js"
import { withRetries } from "../engine/retry.js"
import { unlessRefused, type Host } from "../bases/host.js"
import type { Terminal } from "../terminal/terminal.js"
import { CacheWatch } from "./cache/cache-watch.js"
import { baseImages, type Planned } from "./planned.js"
import type { Request } from "../request.js"

export interface BuilderOptions {
  request: Request
  /** Absolute path of the project. */
  source: string
  /** Patterns of files in it that are not part of it; see ownPatterns. */
  neverSent: string[]
  /** Files by the names of the secrets in them. */
  secrets: Record<string, string>
  terminal: Terminal
  signal: AbortSignal
}

/** What is asked of the engine for one build: with the bases that it needs, and again where a registry has failed. */
export class Solver {
  /**
   * A build argument that no step was built with before. Not BuildKit's own `--no-cache`, which empties the cache volumes of
   * the steps: everybody's modules and compiled packages would be gone.
   */
  private readonly onlyNow = { GO_IMAGE_BUILD: randomUUID() }
  private runsAllSteps: boolean

  /** Of the images that were built on, as far as the engine has told them by now. */
  readonly baseDigests = new BaseDigests()

  constructor(
    private readonly engine: Engine,
    private readonly context: BuilderOptions & { layouts: Record<string, OciLayout> },
    /** For an engine of ours on it. */
    readonly host: Host | undefined,
  ) {
    this.runsAllSteps = !context.request.cache
  }

  async run(
    planned: Planned,
    render: (buildArguments: string[]) => string,
    what: Pick<
      BuildRequest,
      "output" | "cacheFrom" | "cacheTo" | "target" | "platforms" | "onProgress"
    >,
  ): Promise<ImageMetadata> {
    const { request, source, neverSent, secrets, terminal, signal, layouts } = this.context
    const { platforms = [], image } = planned
    const images = baseImages(planned, layouts)
    const goEnvironment = (await this.host?.goEnvironment) ?? {}
    const buildArgs = { ...goEnvironment, ...(this.runsAllSteps && this.onlyNow) }
    const dockerfile = render(Object.keys(buildArgs))
    const { metadata } = await this.buildOnBases(images, {
      dockerfile,
      frontend: mirrorOf(dockerfileFrontend, request),
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
    return withRetries(() => this.watchingCache(request), options, pauses)
  }

  private async watchingCache(request: BuildRequest): Promise<BuildResult> {
    if (!request.cacheTo) return this.engine.build(request)
    const { request: asked, signal } = this.context
    const watch = new CacheWatch(asked.stallTimeout)
    const onProgress = (event: ProgressEvent) => {
      watch.see(event)
      request.onProgress(event)
    }
    const either = AbortSignal.any([request.signal ?? signal, watch.signal])
    return this.engine.build({ ...request, onProgress, signal: either }).finally(() => {
      watch.stop()
    })
  }

  /** Once: where private modules are gone that a step of an earlier build has downloaded, all steps are run. */
  downloadsAgain(error: unknown): boolean {
    const { secrets, request, terminal } = this.context
    const hasPasswords = Object.keys(secrets).length > 0 || request.ssh !== undefined
    if (this.runsAllSteps || !hasPasswords || !lacksPrivateModules(error)) return false
    this.runsAllSteps = true
    terminal.say(
      "note: private modules of an earlier build are no longer in the cache volume; downloading them again",
    )
    return true
  }
}

/**
 * BuildKit's own build argument: times of what it makes itself, and of the image's history. Not the commit's by default: it
 * is part of steps of all stages, and each commit would do all of them again.
 */
function epochArgument({ sourceDateEpoch = 0 }: Pick<ImageConfig, "sourceDateEpoch">) {
  return { SOURCE_DATE_EPOCH: String(sourceDateEpoch) }
}
