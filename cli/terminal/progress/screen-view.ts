import cliTruncate from "cli-truncate"
import { createLogUpdate } from "log-update"
import stringWidth from "string-width"
import { doneLine, formatSeconds, formatTransfer, messageLine, resultLine } from "./lines.js"
import { columnsOf, rowsOf, withSize } from "./terminal-size.js"
import { outputLines, type TextOptions } from "./plain-view.js"
import { printable } from "./printable.js"
import type { Step, Steps } from "./steps.js"
import type { MessageKind, View } from "./view.js"

/*
 * Loaded only where there is a terminal and something is built: see view-for.ts.
 */

export interface ScreenOptions extends TextOptions {
  stream: NodeJS.WriteStream
  /** Without these, ASCII is all that is drawn. */
  unicode: boolean
}

/** Milliseconds between two drawings. */
const interval = 100

/**
 * For a terminal: what is done scrolls up, and below it is drawn, again and again, what runs: a line for each step with its
 * clock, the last line that its program printed, and how much of all is done.
 */
export class ScreenView implements View {
  isBrief?: boolean
  private readonly screen
  private timer: NodeJS.Timeout | undefined
  private startedAt = 0
  /** What is done before there are steps, such as starting an engine: it is drawn with a clock until something else is. */
  private preparing: { text: string; since: number } | undefined
  private hasSteps = false
  private frame = 0
  /** Of what is drawn now, how wide each line is. */
  private drawn: number[] = []
  private drawnColumns = 0

  constructor(
    private readonly options: ScreenOptions,
    private readonly steps: Steps,
    private readonly now: () => number,
  ) {
    this.screen = createLogUpdate(withSize(options.stream))
    this.begin()
  }

  message(text: string, kind: MessageKind): void {
    if (kind === "detail" && !this.options.verbose) return
    const line = printable(text)
    const isPrepared = !this.isDrawing || this.hasSteps
    this.prepared()
    if (isPrepared || kind !== "message" || line.includes("\n")) {
      this.above(messageLine(line, this.options.colours))
    } else this.preparing = { text: line, since: this.now() }
  }

  step(step: Step, type: "step-known" | "step-started" | "step-done" | "transfer"): void {
    if (type === "step-started") this.firstStep()
    if (type !== "step-done" || this.isBrief) return
    const line = doneLine(step, this.options.colours, (name, others) =>
      this.cut(name, Math.max(1, this.columns - others)),
    )
    if (line !== undefined) this.above(this.fit(line))
  }

  output(_: Step, lines: readonly string[]): void {
    for (const line of outputLines(lines, this.options)) this.above(line)
  }

  result(_: object, lines: readonly string[]): void {
    for (const line of lines) this.above(resultLine(printable(line), this.options.colours))
  }

  aside(write: () => void): void {
    if (!this.isDrawing) {
      write()
      return
    }
    this.unwrap()
    this.screen.clear()
    write()
    this.redraw()
  }

  finish(): void {
    this.prepared()
    if (!this.isDrawing) return
    clearInterval(this.timer)
    this.timer = undefined
    this.hasSteps = false
    this.options.stream.off("resize", this.redraw)
    this.screen.clear()
    this.screen.done()
    this.drawn = []
  }

  failure(text: string): void {
    this.finish()
    this.above(printable(text, { colours: this.options.colours.enabled }))
  }

  private get isDrawing(): boolean {
    return this.timer !== undefined
  }

  private begin(): void {
    if (this.isDrawing) return
    this.startedAt = this.now()
    this.timer = setInterval(this.redraw, interval).unref()
    // The width changes what fits at once, not with the next tick.
    this.options.stream.on("resize", this.redraw)
  }

  private firstStep(): void {
    this.begin()
    if (this.hasSteps) return
    this.prepared()
    this.hasSteps = true
    this.startedAt = this.now()
  }

  /** What was drawn with a clock becomes a line that stays. */
  private prepared(): void {
    if (!this.preparing) return
    const { text } = this.preparing
    this.preparing = undefined
    this.above(messageLine(text, this.options.colours))
  }

  /** A line that stays, above what is drawn. */
  private above(text: string): void {
    this.aside(() => this.options.stream.write(`${text}\n`))
  }

  private readonly redraw = (): void => {
    this.unwrap()
    this.frame++
    const lines = this.lines()
    this.drawn = lines.map((line) => stringWidth(line))
    this.drawnColumns = this.columns
    if (lines.length === 0) this.screen.clear()
    else this.screen(lines.join("\n"))
  }

  /**
   * A terminal that became narrower has wrapped what was drawn: those lines more are removed, too. That is what nearly all
   * terminals do; in one that cuts lines off instead, some of what was said before is removed.
   */
  private unwrap(): void {
    const { columns } = this
    if (columns >= this.drawnColumns) return
    const more = this.drawn.reduce(
      (sum, width) => sum + Math.max(0, Math.ceil(width / columns) - 1),
      0,
    )
    this.drawnColumns = columns
    this.drawn = []
    if (more === 0) return
    this.options.stream.write(`\u001B[2K\u001B[1A`.repeat(more))
    this.screen.clear()
  }

  private lines(): string[] {
    const { running, counts } = this.steps
    if (this.preparing) {
      const { text, since } = this.preparing
      return [this.clockLine(text, formatSeconds((this.now() - since) / 1000))]
    }
    const [longest] = running
    if (!longest) return []
    if (this.isBrief) return [this.briefLine(longest, running.length - 1)]
    // One line for the count of all, and one that the cursor is in.
    const room = Math.max(1, rowsOf(this.options.stream) - 2)
    const shown = running.slice(0, running.length > room ? room - 1 : room)
    const hidden = running.length - shown.length
    // What programs print is shown where that leaves a line for each step.
    let spare = room - running.length
    const lines = shown.flatMap((step) => {
      const said = spare > 0 ? this.lastLine(step) : undefined
      if (said === undefined) return [this.stepLine(step)]
      spare--
      return [this.stepLine(step), said]
    })
    const { colours } = this.options
    if (hidden > 0) lines.push(this.fit(colours.dim(`  and ${hidden} more`)))
    const { done, total, cached } = counts
    const parts = [
      ...(total > 0 ? [`${done} of ${total} steps`] : []),
      ...(cached > 0 ? [`${cached} cached`] : []),
      formatSeconds((this.now() - this.startedAt) / 1000),
    ]
    return [...lines, this.fit(colours.dim(`  ${parts.join(", ")}`))]
  }

  /** One line for all that runs, with the clock of the build. */
  private briefLine({ name, doing }: Step, others: number): string {
    const clock = formatSeconds((this.now() - this.startedAt) / 1000)
    const what = doing === undefined ? name : `${name} (${doing})`
    return this.clockLine(others > 0 ? `${what}, and ${others} more` : what, clock)
  }

  private stepLine(step: Step): string {
    const clock = formatSeconds(this.steps.elapsed(step))
    const transfer = formatTransfer(step)
    const end = transfer === undefined ? clock : `${clock}  ${transfer}`
    return this.clockLine(step.name, this.columns - end.length >= 12 ? end : clock)
  }

  /** Of a line that is too long, the name is cut, never the clock. */
  private clockLine(name: string, end: string): string {
    const { colours } = this.options
    const short = this.cut(name, Math.max(1, this.columns - end.length - 4))
    return this.fit(`${colours.cyan(this.spinner)} ${short}  ${colours.dim(end)}`)
  }

  private lastLine({ lastLine }: Step): string | undefined {
    const text = printable(lastLine).replaceAll("\t", "    ").trimEnd()
    return text === "" ? undefined : this.options.colours.dim(this.fit(`    ${text}`))
  }

  private get spinner(): string {
    const frames = this.options.unicode ? "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" : "-\\|/"
    return frames[this.frame % frames.length] ?? ""
  }

  private fit(text: string): string {
    return this.cut(text, this.columns)
  }

  private cut(text: string, columns: number): string {
    const truncationCharacter = this.options.unicode ? "…" : "~"
    return cliTruncate(text, columns, { truncationCharacter })
  }

  private get columns(): number {
    return columnsOf(this.options.stream)
  }
}
