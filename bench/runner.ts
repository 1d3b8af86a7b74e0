import { existsSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Build, Contestant } from "./contestants/contestant.js"
import type { BenchEngine } from "./engine.js"
import { bytes, layersOf, without, type Layers } from "./image-size.js"
import { measure } from "./measure.js"
import type { Project } from "./projects.js"
import type { Growth, Missing, Sample } from "./samples.js"
import type { Situation } from "./situations.js"
import type { SlowLink } from "./slow-link.js"
import { copyFolder } from "./sources.js"

/** What the last one left to do in the background, the engine's collecting of garbage say, is not the next one's. */
const settleMilliseconds = 1000

export interface RunnerOptions {
  contestants: readonly Contestant[]
  engine: BenchEngine
  /** To a registry for caches. */
  link: SlowLink
  /** Of a cache in that registry. */
  cacheBytes: (reference: string) => number
  /** Layers of the runtime's base image. */
  base: Layers
  /** Where working copies and output go. */
  folder: string
  runs: number
  say: (line: string) => void
}

/** Runs one situation of one project: all contestants take turns, and in each round another one is the first. */
export class Runner {
  readonly samples: Sample[] = []
  readonly missing: Missing[] = []
  readonly growth: Growth[] = []
  /** Layers of each working copy's last image. */
  private readonly last = new Map<string, Layers>()
  private editions = 0

  constructor(private readonly options: RunnerOptions) {}

  async run(project: Project, situation: Situation): Promise<void> {
    const { contestants, runs, say } = this.options
    const limit = Math.min(runs, situation.limit ?? runs)
    if (limit < runs)
      this.miss(project, situation, undefined, `only ${limit} runs: no more changes`)
    const able: Contestant[] = []
    for (const contestant of contestants) {
      const obstacle = contestant.obstacle(this.build(project, situation, contestant))
      if (obstacle) this.miss(project, situation, contestant, obstacle)
      else able.push(contestant)
    }
    // A fresh working copy, and the caches as they are after a build of it.
    for (const contestant of [...able]) {
      const { source } = this.build(project, situation, contestant)
      rmSync(source, { recursive: true, force: true })
      copyFolder(join(project.folder, situation.variant), source)
      const { caches, hasRegistryCache } = situation
      if (caches === "warm" || hasRegistryCache) {
        await this.attempt(project, situation, contestant, 0, able)
        const build = this.build(project, situation, contestant)
        if (hasRegistryCache) await contestant.saveCache?.(build)
      }
    }
    for (let run = 1; run <= limit; run++) {
      const turn = run % Math.max(1, able.length)
      for (const contestant of [...able.slice(turn), ...able.slice(0, turn)]) {
        const sample = await this.attempt(project, situation, contestant, run, able)
        if (sample) {
          say(
            `  ${project.name}, ${situation.name}, run ${run}: ${contestant.name} ${sample.seconds.toFixed(2)} s`,
          )
        }
      }
    }
  }

  /** The bytes that a contestant's caches have after some more edits than before: the engine's, or that in a registry. */
  async cacheGrowth(project: Project, situation: Situation, edits: number): Promise<void> {
    const { contestants, cacheBytes } = this.options
    for (const contestant of contestants) {
      const build = this.build(project, situation, contestant)
      if (contestant.obstacle(build)) continue
      rmSync(build.source, { recursive: true, force: true })
      copyFolder(join(project.folder, situation.variant), build.source)
      await contestant.clearCaches()
      const able = [contestant]
      await this.attempt(project, situation, contestant, 0, able)
      const bytesNow = () =>
        build.cache === undefined
          ? contestant.cacheBytes()
          : Promise.resolve(cacheBytes(build.cache))
      const before = await bytesNow()
      for (let edit = 1; edit <= edits && able.length > 0; edit++) {
        await this.attempt(project, situation, contestant, 0, able, true)
      }
      const after = await bytesNow()
      this.options.say(`  ${project.name}, caches: ${contestant.name} ${before} -> ${after} bytes`)
      const where = build.cache === undefined ? "engine" : "registry"
      const name = contestant.name
      this.growth.push({ project: project.name, contestant: name, where, before, after, edits })
    }
  }
  /** Run 0 warms up, and is no sample. What fails once is left out from then on. */
  private async attempt(
    project: Project,
    situation: Situation,
    contestant: Contestant,
    run: number,
    able: Contestant[],
    change = run > 0,
  ): Promise<Sample | undefined> {
    const { engine, base, link } = this.options
    const build = this.build(project, situation, contestant)
    const edition = `${process.pid}.${Date.now()}.${this.editions++}`
    try {
      if (situation.caches === "cold") await contestant.clearCaches()
      if (change) situation.change?.(build.source, edition, run, project)
      rmSync(build.output, { recursive: true, force: true })
      mkdirSync(build.output, { recursive: true })
      await sleep(settleMilliseconds)
      const commands = contestant.commands(build)
      const before = { sent: link.sent, received: link.received }
      const measured = await measure(commands, contestant.usesEngine ? engine.daemon : undefined)
      const layers = await layersOf(contestant.images(build))
      const lastLayers = this.last.get(build.source)
      this.last.set(build.source, layers)
      if (run === 0) return undefined
      const { seconds, cpuSeconds, peakBytes, firstLineSeconds } = measured
      const sample: Sample = {
        ...{ project: project.name, situation: situation.name, contestant: contestant.name, run },
        ...{ seconds, cpuSeconds, peakBytes, firstLineSeconds },
      }
      if (layers.size > 0) {
        const pushed =
          lastLayers && (situation.caches === "warm" || situation.hasRegistryCache)
            ? without(layers, lastLayers)
            : undefined
        sample.imageBytes = bytes(layers)
        sample.beyondBaseBytes = bytes(without(layers, base))
        sample.pushedBytes = pushed && bytes(pushed)
        sample.pushedLayers = pushed?.size
      }
      if (build.cache !== undefined) {
        sample.cacheSentBytes = link.sent - before.sent
        sample.cacheReceivedBytes = link.received - before.received
        sample.beyondImageBytes = Math.max(0, sample.cacheSentBytes - (sample.pushedBytes ?? 0))
      }
      this.samples.push(sample)
      return sample
    } catch (error) {
      this.miss(project, situation, contestant, (error as Error).message)
      const index = able.indexOf(contestant)
      if (index >= 0) able.splice(index, 1)
      return undefined
    } finally {
      if (existsSync(build.output)) rmSync(build.output, { recursive: true, force: true })
    }
  }

  private build(project: Project, situation: Situation, { name }: Contestant): Build {
    const { variant, packages, platforms, hasRegistryCache } = situation
    const parts = [project.name, variant, name.replaceAll(" ", "-")]
    return {
      source: join(this.options.folder, "sources", ...parts),
      output: join(this.options.folder, "output", ...parts),
      packages,
      platforms,
      ...(hasRegistryCache && {
        cache: `${this.options.link.host}/${parts.join("/").toLowerCase()}:cache`,
      }),
    }
  }

  private miss(
    project: Project,
    situation: Situation,
    contestant: Contestant | undefined,
    why: string,
  ): void {
    const missing: Missing = { project: project.name, situation: situation.name, why }
    if (contestant) missing.contestant = contestant.name
    this.missing.push(missing)
    this.options.say(
      `  not measured: ${project.name}, ${situation.name}, ${contestant?.name ?? "all"}: ${why}`,
    )
  }
}
