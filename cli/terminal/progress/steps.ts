import type { ProgressEvent, TransferEvent } from "../../engine/engine.js"
import { parseCompiling } from "../../../src/plan/go/slow-packages.js"
import { isInstruction, shortenStep } from "../step-name.js"

/** A step of a build, as far as it is known by now. */
export interface Step {
  id: string
  /** For people. */
  name: string
  /** As BuildKit has it. */
  fullName: string
  /** An instruction of the Dockerfile, and none of BuildKit's own work. */
  isInstruction: boolean
  /** It runs a program. */
  isProgram: boolean
  state: "waiting" | "running" | "done"
  /** When it began, on this machine's clock, in milliseconds: the engine's may be another. */
  startedAt: number
  seconds: number
  cached: boolean
  error?: string
  /** By Ctrl-C, or since something newer is to be built: nothing is wrong with it. */
  isCanceled?: boolean
  /** By their names, e.g. a layer's digest. */
  transfers: Map<string, Pick<TransferEvent, "current" | "total">>
  /** What it transfers now. */
  transfer?: string
  /** The last whole line that its program printed. */
  lastLine: string
  /** What it printed since. */
  rest: string
  /** What its program does at the moment, where it says so: `compiling net/http`. */
  doing?: string
}

/** What BuildKit tells of a build, as a state that can be drawn at any time. */
export class Steps {
  private readonly steps = new Map<string, Step>()

  constructor(private readonly now: () => number) {}

  get running(): Step[] {
    return [...this.steps.values()].filter(({ state }) => state === "running")
  }

  /** Instructions that are done, were cached, and of which BuildKit knows. */
  get counts(): { done: number; cached: number; total: number } {
    const known = [...this.steps.values()].filter((step) => step.isInstruction)
    const done = known.filter(({ state }) => state === "done")
    return {
      done: done.length,
      cached: done.filter((step) => step.cached).length,
      total: known.length,
    }
  }

  /** How long a step has run, in seconds. */
  elapsed({ startedAt }: Step): number {
    return Math.max(0, (this.now() - startedAt) / 1000)
  }

  /** @returns The step that it is about. */
  apply(event: Exclude<ProgressEvent, { type: "log" }>): Step {
    const step = this.of(event.id)
    if (event.type === "transfer") {
      step.transfer = event.what
      step.transfers.set(event.what, { current: event.current, total: event.total })
      return step
    }
    step.name = shortenStep(event.name)
    step.fullName = event.name
    step.isInstruction = isInstruction(event.name)
    step.isProgram = step.isInstruction && / RUN /.test(event.name)
    if (event.type === "step-started") {
      step.state = "running"
      step.startedAt = this.now()
    } else if (event.type === "step-done") {
      step.state = "done"
      step.seconds = event.seconds
      step.cached = event.cached
      step.error = event.error
      step.isCanceled = /context canceled/.test(event.error ?? "")
    }
    return step
  }

  /** @returns The step, and the lines that are whole now. */
  output(id: string, text: string): { step: Step; lines: string[] } {
    const step = this.of(id)
    const lines = (step.rest + text).split("\n")
    step.rest = lines.pop() ?? ""
    step.lastLine = lines.findLast((line) => line.trim() !== "") ?? step.lastLine
    step.doing = lines.map(parseCompiling).findLast((text) => text !== undefined) ?? step.doing
    return { step, lines }
  }

  clear(): void {
    this.steps.clear()
  }

  private of(id: string): Step {
    let step = this.steps.get(id)
    if (!step) {
      step = {
        id,
        name: "",
        fullName: "",
        isInstruction: false,
        isProgram: false,
        state: "waiting",
        startedAt: this.now(),
        seconds: 0,
        cached: false,
        transfers: new Map(),
        lastLine: "",
        rest: "",
      }
      this.steps.set(id, step)
    }
    return step
  }
}

/** Bytes that a step has moved, and of how many where that is known of each. */
export function bytesOf({ transfers }: Step): { current: number; total?: number } | undefined {
  const all = [...transfers.values()].filter(({ current, total }) => current > 0 || total)
  if (all.length === 0) return undefined
  const sum = (of: (each: (typeof all)[number]) => number) =>
    all.reduce((before, each) => before + of(each), 0)
  const current = sum((each) => each.current)
  return all.every(({ total }) => total)
    ? { current, total: sum(({ total = 0 }) => total) }
    : { current }
}
