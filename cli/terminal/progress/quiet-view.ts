import { printable } from "./printable.js"
import type { TextOptions } from "./plain-view.js"
import type { MessageKind, View } from "./view.js"

/** Nothing but what is wrong. */
export class QuietView implements View {
  constructor(private readonly options: Pick<TextOptions, "stream" | "colours">) {}

  message(text: string, kind: MessageKind): void {
    if (kind === "warning") this.failure(text)
  }

  step(): void {
    // That is what quiet means; so for all of them.
  }

  output(): void {
    // See step.
  }

  result(): void {
    // See step.
  }

  finish(): void {
    // See step.
  }

  failure(text: string): void {
    const { stream, colours } = this.options
    stream.write(`${printable(text, { colours: colours.enabled })}\n`)
  }
}
