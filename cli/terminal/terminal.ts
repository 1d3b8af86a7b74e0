import type { ProgressEvent } from "../engine/engine.js"
import type { Report } from "./report.js"
import type { StallWatch } from "./stall.js"
import { coloursFor } from "./progress/colours.js"
import { JsonView } from "./progress/json-view.js"
import { PlainView } from "./progress/plain-view.js"
import { QuietView } from "./progress/quiet-view.js"
import { Steps, type Step } from "./progress/steps.js"
import type { MessageKind, View } from "./progress/view.js"

/** How progress is shown: `auto` is `tty` on a terminal, and `plain` elsewhere. */
export const progressKinds = ["auto", "tty", "plain", "json", "quiet"] as const

export type ProgressKind = (typeof progressKinds)[number]

export interface TerminalOptions {
  progress?: ProgressKind
  /** What the programs of steps print is shown, too. */
  verbose?: boolean
  environment?: Readonly<Record<string, string | undefined>>
}

/** Tells a person, or a program, what goes on; on standard error. */
export class Terminal implements Report {
  /** Told whenever something has moved on. */
  watch?: Pick<StallWatch, "progress" | "stop">
  private readonly steps = new Steps(milliseconds)
  private view: View
  private readonly loadScreen: () => Promise<View | undefined>
  private prepared: Promise<void> | undefined
  private lastMessage = ""

  constructor(
    stream: NodeJS.WriteStream,
    { progress = "auto", verbose = false, environment = process.env }: TerminalOptions = {},
  ) {
    const isTerminal = stream.isTTY && environment["TERM"] !== "dumb"
    const kind = progress === "auto" ? (isTerminal ? "tty" : "plain") : progress
    const colours = coloursFor(stream.isTTY, environment)
    const text = { stream, colours, verbose }
    this.loadScreen = () => Promise.resolve(undefined)
    if (kind === "quiet") this.view = new QuietView(text)
    else if (kind === "json") this.view = new JsonView(stream, this.steps)
    else this.view = new PlainView(text, this.steps)
    if (kind === "tty") {
      this.loadScreen = async () => {
        const { ScreenView } = await import("./progress/screen-view.js")
        // The console of Linux itself has no letters like these.
        const options = { ...text, unicode: environment["TERM"] !== "linux" }
        return new ScreenView(options, this.steps, milliseconds)
      }
    }
  }

  /**
   * Before steps run: what draws them is loaded only then. Before, lines are all there is. Two that draw would each remove
   * what the other one has drawn: so there is one, however often a build begins.
   */
  prepare(): Promise<void> {
    return (this.prepared ??= this.loadScreen().then((screen) => {
      if (screen) this.view = screen
    }))
  }

  say(line: string): void {
    // Nothing is done that a note is about.
    if (!line.startsWith("note: ")) this.lastMessage = line
    this.watch?.progress()
    this.message(line, "message")
  }

  begin(what: string): void {
    this.lastMessage = what
  }

  /** What only `--verbose` shows. */
  detail(line: string): void {
    this.message(line, "detail")
  }

  /** A line about what goes on, which is none of what is done. */
  remark(line: string): void {
    this.message(line, "remark")
  }

  /** Something is wrong that is no failure: it is shown in any case. */
  warn(line: string): void {
    this.message(`note: ${line}`, "warning")
  }

  /** @param isBrief It is shown while it runs, and nothing of it stays. */
  progress(event: ProgressEvent, isBrief = false): void {
    this.watch?.progress()
    this.view.isBrief = isBrief
    if (event.type === "log") {
      const { step, lines } = this.steps.output(event.id, event.text)
      if (lines.length > 0 && !isBrief) this.view.output(step, lines)
      return
    }
    const step = this.steps.apply(event)
    if (event.type === "step-done" && step.rest !== "" && !isBrief) {
      this.view.output(step, this.steps.output(step.id, "\n").lines)
    }
    this.view.step(step, event.type)
  }

  /** What is being done: the steps that run, else what was said last. */
  get doing(): string {
    return this.steps.running.map(nameWithTransfer).join(", ") || this.lastMessage
  }

  /** Whether nothing runs but programs: what transfers data has something to tell all the time. */
  get isRunningProgram(): boolean {
    const { running } = this.steps
    return running.length > 0 && running.every((step) => step.isProgram)
  }

  /** Another program writes whole lines to the same terminal: what is drawn there makes room. */
  aside(write: () => void): void {
    if (this.view.aside) this.view.aside(write)
    else write()
  }

  /** The build is over. */
  finish(): void {
    this.steps.clear()
    this.view.finish()
  }

  /** Nobody sees it where there are only errors. */
  get showsResult(): boolean {
    return !(this.view instanceof QuietView)
  }

  /** What was made: for people as lines, for programs as it is. */
  result(result: object, lines: readonly string[]): void {
    this.view.result(result, lines)
  }

  /** Why all of it failed. */
  fail(text: string, exitCode: number): void {
    this.finish()
    this.view.failure(text, exitCode)
  }

  private message(line: string, kind: MessageKind): void {
    this.view.message(line, kind)
  }
}

function nameWithTransfer({ name, transfer }: Step): string {
  return transfer === undefined ? name : `${name} (${transfer.replace(/:$/, "")})`
}

/** On a clock that nobody sets. To load `performance` would take a twentieth of the time of a plan. */
function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
