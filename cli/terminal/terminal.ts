import type { ProgressEvent } from "../engine/engine.js"
import type { Report } from "./report.js"
import type { StallWatch } from "./stall.js"
import { isInstruction, shortenStep } from "./step-name.js"

/** How much is told: with `quiet` nothing; with `verbose` what the programs of steps print, too. */
export type Detail = "quiet" | "normal" | "verbose"

/** Progress for a person, on standard error: one line for each thing that is done, and how long it took. */
export class Terminal implements Report {
  /** Told whenever something has moved on. */
  watch?: Pick<StallWatch, "progress" | "stop">
  private readonly running = new Map<string, { name: string; transfer?: string }>()
  private lastLine = ""
  private statusShown = false

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly shown: Detail = "normal",
  ) {}

  say(line: string): void {
    this.lastLine = line
    this.watch?.progress()
    this.write(line)
  }

  /** What only `--verbose` shows. */
  detail(line: string): void {
    if (this.shown === "verbose") this.write(line)
  }

  /** A line about what goes on, which is none of what is done. */
  remark(line: string): void {
    this.write(line)
  }

  progress(event: ProgressEvent): void {
    this.watch?.progress()
    if (event.type === "log") {
      if (this.shown === "verbose") this.write(event.text.replace(/^/gm, "    ").trimEnd())
      // A step of ours has something to say though it did not fail.
      else for (const line of event.text.match(/^note: .+/gm) ?? []) this.write(line)
      return
    }
    if (event.type === "transfer") {
      const step = this.running.get(event.id)
      if (step) step.transfer = event.what
      return
    }
    const name = shortenStep(event.name)
    if (event.type === "step-started") {
      this.running.set(event.id, { name })
      this.clearStatus()
      this.showStatus()
      return
    }
    this.running.delete(event.id)
    // BuildKit's housekeeping takes no time worth a line.
    if (!isInstruction(event.name) && event.seconds < 0.5) return
    this.write(`  ${name}  ${event.cached ? "cached" : `${event.seconds.toFixed(1)} s`}`)
  }

  /** What is being done: the steps that run, else what was said last. */
  get doing(): string {
    const steps = [...this.running.values()].map(({ name, transfer }) =>
      transfer === undefined ? name : `${name} (${transfer.replace(/:$/, "")})`,
    )
    return steps.join(", ") || this.lastLine
  }

  /** Takes the status line away, at the end. */
  finish(): void {
    this.running.clear()
    this.clearStatus()
  }

  private write(line: string): void {
    if (this.shown === "quiet") return
    this.clearStatus()
    this.stream.write(`${line}\n`)
    this.showStatus()
  }

  private showStatus(): void {
    const running = [...this.running.values()].at(-1)
    if (!this.stream.isTTY || running === undefined || this.shown === "quiet") return
    this.stream.write(`  ${running.name} …`.slice(0, this.stream.columns - 1))
    this.statusShown = true
  }

  private clearStatus(): void {
    if (this.statusShown) this.stream.write("\r\u001B[K")
    this.statusShown = false
  }
}
