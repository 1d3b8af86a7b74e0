import { printable } from "./printable.js"
import type { TextOptions } from "./plain-view.js"
import type { View } from "./view.js"

/** Nothing but what is wrong. */
export class QuietView implements View {
  constructor(private readonly options: Pick<TextOptions, "stream" | "colours">) {}

  message(): void {
    // That is what quiet means; so for all of them.
  }

  step(): void {
    // See message.
  }

  output(): void {
    // See message.
  }

  result(): void {
    // See message.
  }

  finish(): void {
    // See message.
  }

  failure(text: string): void {
    const { stream, colours } = this.options
    stream.write(`${printable(text, { colours: colours.enabled })}\n`)
  }
}
