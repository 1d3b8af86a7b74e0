import type { DetectedProject } from "../../src/detect/detect.js"
import { walkImports } from "../../src/detect/code/import-graph.js"
import { graphInput } from "../../src/detect/packages/target-files.js"
import type { UserError } from "../../src/errors.js"
import { matchPatterns } from "../../src/patterns/patterns.js"
import type { Plan } from "../../src/plan/types.js"
import { tagsOfEnvironment } from "../../src/settings/build-environment.js"
import { hostPlatform } from "../image/manifest.js"
import type { Request } from "../request.js"
import { BuildFailed, isToldAlone, type DoneStep } from "../engine/engine.js"
import { shortenStep } from "../terminal/step-name.js"
import type { LocalSource } from "../source/local-source.js"
import { fileStates } from "./file-states.js"
import type { BuildRecord, PackageRecord } from "./record.js"
import { readRecords, writeFailure, writeRecord, type Records } from "./store.js"

/** What is known once the image is built. */
export interface Outcome {
  engine: string
  steps: readonly DoneStep[]
  digestOf: (image: string) => string | undefined
}

type Inputs = Pick<BuildRecord, "files" | "packages">

function reasonOf(error: UserError | BuildFailed): string {
  if (!(error instanceof BuildFailed)) return error.message
  const { step, exitCode } = error
  return `${shortenStep(step)}${exitCode === undefined ? "" : ` (exit code ${exitCode})`}`
}

/**
 * Remembers what a build is made from, for `why`. It looks while the engine works, and nothing of it is a reason for a build
 * to fail.
 */
export class Recorder {
  private inputs: Promise<Inputs | undefined> = Promise.resolve(undefined)
  private known: Records | undefined
  private isFinished = false

  constructor(
    private readonly source: LocalSource,
    private readonly project: DetectedProject,
    private readonly plan: Plan,
    private readonly request: Pick<Request, "target" | "cache">,
  ) {}

  /** The engine is about to be sent the files. */
  start(): void {
    this.inputs = this.look().catch(() => undefined)
  }

  async finish(outcome: Outcome): Promise<void> {
    this.isFinished = true
    const inputs = await this.inputs
    if (!inputs) return
    try {
      writeRecord(this.source.folder, this.recordOf(inputs, outcome), this.known)
    } catch {
      // A full disk, or a folder that cannot be written to: `why` has nothing to compare with then.
    }
  }

  /** It failed: `why` says so, and tells of the build before it. What comes after a build is no part of it. */
  fail(error: unknown): void {
    if (this.isFinished) return
    try {
      const [reason = ""] = isToldAlone(error) ? reasonOf(error).split("\n") : []
      if (reason === "") return
      writeFailure(this.source.folder, { time: Date.now(), ...this.about, reason })
    } catch {
      // As above.
    }
  }

  private recordOf(inputs: Inputs, { engine, steps, digestOf }: Outcome): BuildRecord {
    const { stages, decisions, binaries, image } = this.plan
    const images = stages.flatMap(({ from }) => ("image" in from ? [from.image] : []))
    const digests = images.flatMap((image) => {
      const digest = digestOf(image)
      return digest === undefined ? [] : [[image, digest] as const]
    })
    return {
      ...{ version: 1, time: Date.now(), ...this.about, engine, noCache: !this.request.cache },
      plan: { stages, decisions, image },
      binaries: binaries.map((each) => ({ package: each.package, importPath: each.importPath })),
      bases: Object.fromEntries(digests),
      ...inputs,
      modules: this.modules(),
      languages: this.languages(),
      architecture: (this.plan.platform ?? hostPlatform()).split("/")[1] ?? process.arch,
      tags: this.tags,
      steps: steps.map(({ name, startedAt, seconds, cached, slow }) => ({
        ...{ name, startedAt, seconds, cached },
        ...(slow && { slow }),
      })),
    }
  }

  private get about() {
    const { folder } = this.project.facts
    return { folder, ...(this.request.target !== undefined && { target: this.request.target }) }
  }

  private languages(): Record<string, string> {
    const { facts } = this.project
    return Object.fromEntries(
      [facts, ...facts.furtherModules].flatMap(({ folder, goMod }) =>
        goMod.go ? [[folder, goMod.go.value] as const] : [],
      ),
    )
  }

  private get tags(): string[] {
    const { buildTags, buildEnvironment } = this.project.settings
    return [...(buildTags?.value ?? []), ...tagsOfEnvironment(buildEnvironment)]
  }

  private modules(): Record<string, string> {
    const { facts } = this.project
    const requires: Record<string, string> = {}
    for (const { goMod } of [facts, ...facts.furtherModules]) {
      for (const { path, version } of goMod.requires) requires[path] = version
      for (const { module, ...by } of goMod.replacements ?? []) {
        requires[module] = `${requires[module] ?? ""} ${JSON.stringify(by)}`
      }
    }
    return requires
  }

  private async look(): Promise<Inputs> {
    this.known = readRecords(this.source.folder, this.about)
    const { files } = await this.source.survey()
    const isExcluded = matchPatterns(this.plan.sourceExclude)
    const sent = files.filter((file) => !isExcluded(file))
    return {
      packages: await this.packages(sent),
      files: await fileStates(this.source.folder, sent, this.known?.last.files ?? {}),
    }
  }

  private async packages(files: readonly string[]): Promise<Record<string, PackageRecord>> {
    const { facts } = this.project
    const modules = [facts, ...facts.furtherModules]
    const input = graphInput(
      { files, modules, localModules: facts.localModules },
      this.plan.binaries.map((each) => ({ path: each.package })),
      this.tags,
    )
    const { packages, embeds } = await walkImports(this.source, input)
    return Object.fromEntries(
      [...packages].map(([folder, own]) => [
        folder,
        {
          files: own.files,
          imports: [...own.imports],
          foreign: [...own.foreign],
          embeds: embeds.filter(({ file }) => own.files.includes(file)).map(({ path }) => path),
        },
      ]),
    )
  }
}
