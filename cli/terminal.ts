import type { ProgressEvent } from "./engine/engine.js"
import type { Report } from "./report.js"
import { isInstruction, shortenStep } from "./step-name.js"

/** Progress for a person, on standard error: one line for each thing that is done, and how long it took. */
export class Terminal implements Report {
  private readonly running = new Map<string, string>()
  private statusShown = false

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly verbose: boolean,
  ) {}

  say(line: string): void {
    this.clearStatus()
    this.stream.write(`${line}\n`)
    this.showStatus()
  }

  progress(event: ProgressEvent): void {
    if (event.type === "log") {
      if (this.verbose) this.say(event.text.replace(/^/gm, "    ").trimEnd())
      return
    }
    const name = shortenStep(event.name)
    if (event.type === "step-started") {
      this.running.set(event.id, name)
      this.clearStatus()
      this.showStatus()
      return
    }
    this.running.delete(event.id)
    // BuildKit's housekeeping takes no time worth a line.
    if (!isInstruction(event.name) && event.seconds < 0.5) return
    this.say(`  ${name}  ${event.cached ? "cached" : `${event.seconds.toFixed(1)} s`}`)
  }

  /** Takes the status line away, at the end. */
  finish(): void {
    this.running.clear()
    this.clearStatus()
  }

  private showStatus(): void {
    const running = [...this.running.values()].at(-1)
    if (!this.stream.isTTY || running === undefined) return
    this.stream.write(`  ${running} …`.slice(0, this.stream.columns - 1))
    this.statusShown = true
  }

  private clearStatus(): void {
    if (this.statusShown) this.stream.write("\r\u001B[K")
    this.statusShown = false
  }
}
