import type { ProgressEvent } from "../../engine/engine.js"
import type { Step } from "./steps.js"

/** `message`: what is done or decided; `detail`: only for `--verbose`; `remark`: what goes on, and is none of what is done. */
export type MessageKind = "message" | "detail" | "remark" | "warning"

/** One way of showing what goes on, as `--progress` names it. */
export interface View {
  /** Of what is built again and again, what runs is shown while it does, and nothing of it stays. */
  isBrief?: boolean
  /** One or more lines of text. */
  message(text: string, kind: MessageKind): void
  /** Something was told of a step. */
  step(step: Step, type: Exclude<ProgressEvent["type"], "log">): void
  /** A step's program has printed these lines. */
  output(step: Step, lines: readonly string[]): void
  /** What was made, and the same as lines for people. */
  result(result: object, lines: readonly string[]): void
  /** Another one writes to the same terminal: whole lines. */
  aside?(write: () => void): void
  /** The build is over: nothing is drawn again until there is another one. */
  finish(): void
  /** It failed: the last that is shown. */
  failure(text: string, exitCode: number): void
}
