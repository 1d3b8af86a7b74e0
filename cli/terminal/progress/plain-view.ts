import type { Colours } from "./colours.js"
import { doneLine, formatSeconds, formatTransfer, messageLine, resultLine } from "./lines.js"
import { printable } from "./printable.js"
import type { Step, Steps } from "./steps.js"
import type { MessageKind, View } from "./view.js"

export interface TextOptions {
  stream: Pick<NodeJS.WriteStream, "write">
  colours: Colours
  /** What the programs of steps print is shown, too. */
  verbose: boolean
}

/** Milliseconds after which a step that still runs is told to have started: most are done by then, and are one line. */
const startAfter = 200
/** Milliseconds between two lines about a step that still runs. */
const interval = 10_000

/** Lines alone, as for a log: when a step starts, every ten seconds of a long one, and when it is done. */
export class PlainView implements View {
  isBrief?: boolean
  private readonly timers = new Map<string, NodeJS.Timeout>()
  /** Names of steps that were told to be done, of all builds: what BuildKit knows them by is another in each. */
  private readonly told = new Set<string>()

  constructor(
    private readonly options: TextOptions,
    private readonly steps: Steps,
  ) {}

  message(text: string, kind: MessageKind): void {
    if (kind === "detail" && !this.options.verbose) return
    this.line(messageLine(printable(text), this.options.colours))
  }

  step(step: Step, type: "step-known" | "step-started" | "step-done" | "transfer"): void {
    if (type === "step-started") {
      this.after(step, startAfter, () => {
        if (!this.isBrief) this.line(`  ${step.name}  started`)
        this.tick(step)
      })
    } else if (type === "step-done") {
      clearTimeout(this.timers.get(step.id))
      this.timers.delete(step.id)
      const line = doneLine(step, this.options.colours)
      // Of a long one, lines were written. What several builds share, such as tools of checks, is in the cache but for the first.
      const isAsked = !this.isBrief || step.seconds * 1000 >= interval
      const isKnown = step.cached && this.told.has(step.fullName)
      if (line === undefined || !isAsked || isKnown) return
      this.line(line)
      this.told.add(step.fullName)
    }
  }

  output(_: Step, lines: readonly string[]): void {
    for (const line of outputLines(lines, this.options)) this.line(line)
  }

  result(_: object, lines: readonly string[]): void {
    for (const line of lines) this.line(resultLine(printable(line), this.options.colours))
  }

  finish(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
  }

  failure(text: string): void {
    this.finish()
    this.line(printable(text, { colours: this.options.colours.enabled }))
  }

  private tick(step: Step): void {
    this.after(step, interval, () => {
      const { done, total } = this.steps.counts
      const parts = [
        `${formatSeconds(Math.round(this.steps.elapsed(step))).replace(".0 ", " ")} so far${step.doing === undefined ? "" : ` (${step.doing})`}`,
        formatTransfer(step),
        step.isInstruction ? `${done} of ${total} steps done` : undefined,
      ]
      this.line(`  ${step.name}  ${parts.filter((part) => part !== undefined).join(", ")}`)
      this.tick(step)
    })
  }

  /** Unless the step is done before. It keeps no process alive. */
  private after({ id }: Step, milliseconds: number, then: () => void): void {
    clearTimeout(this.timers.get(id))
    this.timers.set(id, setTimeout(then, milliseconds).unref())
  }

  private line(text: string): void {
    this.options.stream.write(`${text}\n`)
  }
}

/** What is shown of a program's output: all of it, indented, or what a step of ours has to say though it did not fail. */
export function outputLines(
  lines: readonly string[],
  { verbose, colours }: Pick<TextOptions, "verbose" | "colours">,
): string[] {
  return verbose
    ? lines.map((line) => `    ${printable(line, { colours: colours.enabled })}`)
    : lines
        .filter((line) => line.startsWith("note: "))
        .map((line) => messageLine(printable(line), colours))
}
