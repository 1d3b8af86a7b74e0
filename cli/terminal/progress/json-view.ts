import { printable } from "./printable.js"
import { bytesOf, type Step, type Steps } from "./steps.js"
import type { MessageKind, View } from "./view.js"

/** What `--progress json` writes, an object a line; docs/progress.md says what each is. */
export type JsonEvent =
  | { type: "message"; text: string; detail?: true }
  | {
      type: "step"
      id: string
      name: string
      state: "started" | "done" | "failed"
      /** Only of one that is done. */
      cached?: boolean
      seconds?: number
      /** Steps of the build that are done, and that are known by now. */
      done: number
      total: number
    }
  | { type: "transfer"; id: string; what: string; bytes: number; totalBytes?: number }
  | { type: "output"; id: string; text: string }
  | { type: "error"; text: string; exitCode: number }
  | ({ type: "result" } & Record<string, unknown>)

/** For programs: an object a line. */
export class JsonView implements View {
  constructor(
    private readonly stream: Pick<NodeJS.WriteStream, "write">,
    private readonly steps: Steps,
    private readonly time: () => Date = () => new Date(),
  ) {}

  message(text: string, kind: MessageKind): void {
    this.write({
      type: "message",
      text: printable(text),
      ...(kind === "detail" && { detail: true as const }),
    })
  }

  step(step: Step, type: "step-known" | "step-started" | "step-done" | "transfer"): void {
    const { id, name, cached, seconds, error } = step
    if (type === "step-known") return
    if (type === "transfer") {
      const bytes = bytesOf(step)
      if (!bytes || step.transfer === undefined) return
      const totalBytes = bytes.total
      this.write({ type, id, what: step.transfer, bytes: bytes.current, totalBytes })
      return
    }
    const { done, total } = this.steps.counts
    this.write(
      type === "step-started"
        ? { type: "step", id, name, state: "started", done, total }
        : {
            type: "step",
            id,
            name,
            state: error === undefined ? "done" : "failed",
            cached,
            seconds,
            done,
            total,
          },
    )
  }

  output({ id }: Step, lines: readonly string[]): void {
    for (const text of lines) this.write({ type: "output", id, text: printable(text) })
  }

  result(result: object): void {
    this.write({ type: "result", ...result })
  }

  finish(): void {
    // Nothing is drawn.
  }

  failure(text: string, exitCode: number): void {
    this.write({ type: "error", text: printable(text), exitCode })
  }

  write(event: JsonEvent): void {
    this.stream.write(`${JSON.stringify({ time: this.time().toISOString(), ...event })}\n`)
  }
}
