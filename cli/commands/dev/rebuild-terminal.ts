import type { ProgressEvent } from "../../engine/engine.js"
import { Terminal } from "../../terminal/terminal.js"

/**
 * For what is built again and again: what runs is shown, with a clock, and of the rest only what is wrong. It draws by the one
 * terminal that there is: two would each remove what the other one has drawn.
 */
export class RebuildTerminal extends Terminal {
  constructor(private readonly shared: Terminal) {
    super(process.stderr, { progress: "quiet" })
  }

  override prepare(): Promise<void> {
    return this.shared.prepare()
  }

  override progress(event: ProgressEvent): void {
    this.watch?.progress()
    this.shared.progress(event, true)
  }

  override get doing(): string {
    return this.shared.doing
  }

  override get isRunningProgram(): boolean {
    return this.shared.isRunningProgram
  }

  override finish(): void {
    this.shared.finish()
  }
}
