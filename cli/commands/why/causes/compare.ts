import { matchPatterns } from "../../../../src/patterns/patterns.js"
import { isInside } from "../../../../src/detect/modules/modules.js"
import type { Origin, Stage, Step } from "../../../../src/plan/types.js"
import type { BuildRecord } from "../../../record/record.js"
import { stepPlace } from "../../../terminal/step-name.js"
import { setting, unique, type Cause, type FileCause } from "./cause.js"
import { changedImage } from "./changed-image.js"
import { howItIsBuilt, settingsOf } from "./step-differences.js"

/** Files that differ between two builds. */
export function changedFiles(before: BuildRecord, after: BuildRecord): FileCause[] {
  const paths = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])].sort()
  return paths.flatMap((path) => {
    const [then, now] = [before.files[path], after.files[path]]
    if (then?.hash === now?.hash) return []
    const change = !then ? "added" : !now ? "removed" : "changed"
    return [{ kind: "file" as const, path, change }]
  })
}

/** Says why steps ran that were not in the cache. */
export class StepCauses {
  private readonly known = new Map<string, Cause[]>()
  private readonly files: FileCause[]
  private readonly pulled: ReadonlySet<string>

  constructor(
    private readonly before: BuildRecord | undefined,
    private readonly after: BuildRecord,
  ) {
    this.files = before ? changedFiles(before, after) : []
    this.pulled = pulledStages(after)
  }

  /** @param name As BuildKit has it. */
  of(name: string): Cause[] {
    const { before, after } = this
    if (!before) return [{ kind: "first" }]
    if (after.noCache) return [{ kind: "no-cache" }]
    const place = stepPlace(name)
    const stage = after.plan.stages.find((each) => each.name === place?.stage)
    const causes =
      stage && place
        ? this.ofStage(stage, stepsUpTo(stage, place.number, this.pulled.has(stage.name)))
        : []
    if (causes.length > 0) return this.withoutCached(causes)
    return before.engine === after.engine
      ? [{ kind: "collected" }]
      : [{ kind: "engine", before: before.engine, after: after.engine }]
  }

  /** The step of the plan; BuildKit's names have only the first line of a script. */
  stepOf(name: string): { stage: string; step: Step } | undefined {
    const place = stepPlace(name)
    const stage = this.after.plan.stages.find((each) => each.name === place?.stage)
    const step =
      stage && place && stage.steps[stepsUpTo(stage, place.number, this.pulled.has(stage.name)) - 1]
    const isSame = step && (step.type === "run") === /\] RUN /.test(name)
    return isSame ? { stage: stage.name, step } : undefined
  }

  /** Of several stages, those that ran are why; the others may have come to the same result. */
  private withoutCached(causes: readonly Cause[]): Cause[] {
    const ran = new Set(
      this.after.steps.flatMap(({ name, cached }) =>
        cached ? [] : (stepPlace(name)?.stage ?? []),
      ),
    )
    const left = causes.filter((cause) => cause.kind !== "stage" || ran.has(cause.stage))
    return left.length > 0 ? left : [...causes]
  }

  /** @param end Number of the stage's steps that count. */
  private ofStage(stage: Stage, end = stage.steps.length): Cause[] {
    const key = `${stage.name} ${end}`
    const known = this.known.get(key)
    if (known) return known
    const then = this.before?.plan.stages.find(({ name }) => name === stage.name)
    const steps = stage.steps.slice(0, end)
    const causes = [
      ...this.ofBase(stage, then),
      ...this.named(settingsOf(steps, then?.steps.slice(0, end) ?? [])),
      ...unique(steps.flatMap((step) => this.ofInputs(step))),
    ]
    this.known.set(key, causes)
    return causes
  }

  /** A setting of the image that folders and owners are made for, instead of the command that makes them. */
  private named(causes: readonly Cause[]): Cause[] {
    const { before, after } = this
    const isUnnamed = (cause: Cause) => cause.kind === "setting" && cause.what === howItIsBuilt
    if (!before || !causes.some(isUnnamed)) return [...causes]
    const settings = changedImage(before, after)
      .filter(({ what }) => what === "user" || what === "volumes")
      .map(({ what, before, after }) => setting(what, before, after))
    if (settings.length === 0) return [...causes]
    return [...causes.filter((cause) => !isUnnamed(cause)), ...settings]
  }

  private ofBase({ from }: Stage, then: Stage | undefined): Cause[] {
    if ("stage" in from) return this.ofOrigin({ stage: from.stage })
    const image = "image" in from ? from.image : "scratch"
    const old = then && ("image" in then.from ? then.from.image : "scratch")
    if (old !== image)
      return [{ kind: "base", image, ...(old !== undefined && { before: old }), after: image }]
    const [before, after] = [this.before?.bases[image], this.after.bases[image]]
    return before === undefined || after === undefined || before === after
      ? []
      : [{ kind: "base", image, before, after }]
  }

  private ofInputs(step: Step): Cause[] {
    if (step.type === "copy") return this.ofFiles(step.from, step.path, step.exclude)
    if (step.type !== "run") return []
    return step.mounts.flatMap((mount) =>
      mount.type === "bind" ? this.ofFiles(mount.from, mount.path) : [],
    )
  }

  private ofFiles(from: Origin, path: string, exclude: readonly string[] = []): Cause[] {
    if ("stage" in from) return this.ofOrigin(from)
    const folder = path.replace(/^\.?\/?|\/$/g, "")
    const isExcluded = matchPatterns(exclude)
    return this.files.filter(
      ({ path }) =>
        path === folder ||
        (isInside(path, folder) &&
          !isExcluded(folder === "" ? path : path.slice(folder.length + 1))),
    )
  }

  private ofOrigin({ stage }: { stage: string }): Cause[] {
    const found = this.after.plan.stages.find(({ name }) => name === stage)
    return found && this.ofStage(found).length > 0 ? [{ kind: "stage", stage }] : []
  }
}

/**
 * How many of a stage's steps there are up to an instruction. BuildKit counts neither variables nor users; `FROM` of an image
 * is one of the whole, and the first instruction only where the image is pulled, and not where it is a layout on this machine.
 */
function stepsUpTo({ steps, from }: Stage, number: number, isPulled: boolean): number {
  let left = Math.max(1, number - (isPulled && "image" in from ? 1 : 0))
  const index = steps.findIndex(
    ({ type }) => type !== "environment" && type !== "user" && --left === 0,
  )
  return index < 0 ? steps.length : index + 1
}

/** Stages of which the last instruction has the number of all. One image may be pulled, and another be a layout. */
function pulledStages({ steps }: BuildRecord): Set<string> {
  return new Set(
    steps.flatMap(({ name }) => {
      const place = stepPlace(name)
      return place && place.number === place.total ? [place.stage] : []
    }),
  )
}
