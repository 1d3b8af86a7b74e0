import type { SlowPackage } from "../../../src/plan/go/slow-packages.js"
import type { Step } from "../../../src/plan/types.js"
import { slowPackages } from "../../record/slow-packages.js"
import type { BuildRecord } from "../../record/record.js"
import type { FailedBuild, Records } from "../../record/store.js"
import { shortenStep } from "../../terminal/step-name.js"
import { changedImage } from "./causes/changed-image.js"
import type { Cause, FileCause } from "./causes/cause.js"
import { changedFiles, StepCauses } from "./causes/compare.js"
import { compiledPackages, type Packages } from "./packages.js"

/** Why a build did what it did, compared with the one before it. */
export interface WhyAccount {
  target?: string
  /** RFC 3339. */
  time: string
  /** Of the build that it is compared with; undefined of the first one. */
  before?: string
  /** RFC 3339: of a later build, for which nothing had changed and no step ran. */
  again?: string
  /** A later build, of which no more is known. */
  failed?: { time: string; reason: string }
  decisions: { what: string; before?: string; after?: string; from?: string }[]
  files: FileCause[]
  ran: { step: string; seconds: number; causes: Cause[] }[]
  cached: number
  /** Undefined where no program was compiled. */
  packages?: Packages
  /** What took the compiler long, the longest first. */
  slow: SlowPackage[]
}

export function accountOf({ last, before, again }: Records, failed?: FailedBuild): WhyAccount {
  const causes = new StepCauses(before, last)
  const steps = last.steps.filter(({ name }) => !/^\[[^\]]+\] FROM /.test(name))
  const ran = steps
    .filter((step) => !step.cached)
    .map(({ name, seconds }) => {
      const found = causes.stepOf(name)
      return {
        step: labelOf(name, found),
        seconds,
        causes: causes.of(name),
        isGoBuild: isGoBuild(found?.step),
      }
    })
  const compiler = ran.find((each) => each.isGoBuild)
  return {
    ...(last.target !== undefined && { target: last.target }),
    time: timeOf(last),
    ...(before && { before: timeOf(before) }),
    ...(again !== undefined && { again: timeOf({ time: again }) }),
    ...(failed && { failed: { time: timeOf(failed), reason: failed.reason } }),
    decisions: before ? withImage(changedDecisions(before, last), before, last) : [],
    files: before ? changedFiles(before, last) : [],
    ran: ran.map(({ step, seconds, causes }) => ({ step, seconds, causes })),
    cached: steps.length - ran.length,
    ...(compiler && { packages: compiledPackages(before, last, compiler.causes) }),
    slow: slowPackages(last.steps),
  }
}

/** Compiles the programs. */
function isGoBuild(step: Step | undefined): boolean {
  return (
    step?.type === "run" &&
    step.args.some((word, i, all) => word === "go" && all[i + 1] === "build")
  )
}

function labelOf(name: string, found: ReturnType<StepCauses["stepOf"]>): string {
  return shortenStep(
    found?.step.type === "run" ? `[${found.stage}] RUN ${JSON.stringify(found.step.args)}` : name,
  )
}

function timeOf({ time }: Pick<BuildRecord, "time">): string {
  return new Date(time).toISOString()
}

/** A setting may be of the image's configuration alone, and in no decision. */
function withImage(decisions: WhyAccount["decisions"], before: BuildRecord, after: BuildRecord) {
  const known = new Set(decisions.map(textOf))
  return [...decisions, ...changedImage(before, after).filter((each) => !known.has(textOf(each)))]
}

function textOf({ before, after }: WhyAccount["decisions"][number]): string {
  return JSON.stringify([before, after])
}

function changedDecisions(before: BuildRecord, after: BuildRecord): WhyAccount["decisions"] {
  const [then, now] = [before, after].map(
    ({ plan }) => new Map(plan.decisions.map((each) => [each.what, each])),
  ) as [
    Map<string, BuildRecord["plan"]["decisions"][number]>,
    Map<string, BuildRecord["plan"]["decisions"][number]>,
  ]
  // Several have one name, such as programs: of those, their lines are all that is known.
  const isOnce = ({ plan }: BuildRecord, what: string) =>
    plan.decisions.filter((each) => each.what === what).length <= 1
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((what) => isOnce(before, what) && isOnce(after, what))
    .flatMap((what) => {
      const [old, current] = [then.get(what), now.get(what)]
      if (old?.value === current?.value) return []
      return [
        {
          what,
          ...(old && { before: old.value }),
          ...(current && { after: current.value, from: current.from }),
        },
      ]
    })
}
