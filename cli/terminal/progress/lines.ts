import { formatBytes } from "../format-bytes.js"
import type { Colours } from "./colours.js"
import { bytesOf, type Step } from "./steps.js"

/**
 * `build: go build ./cmd/api  12.3 s`, as a line that stays; undefined of BuildKit's housekeeping that takes no time.
 *
 * @param cut Makes a name so short that the line fits with these many columns of other text.
 */
export function doneLine(
  step: Step,
  colours: Colours,
  cut = (name: string, _: number) => name,
): string | undefined {
  const { isInstruction, seconds, cached, error, isCanceled } = step
  if (!isInstruction && seconds < 0.5) return undefined
  const failed = isCanceled ? "canceled" : "failed"
  const end = error === undefined ? (cached ? "cached" : formatSeconds(seconds)) : failed
  const line = `  ${cut(step.name, end.length + 4)}  ${end}`
  if (error !== undefined && !isCanceled) return colours.red(line)
  return cached || isCanceled ? colours.dim(line) : line
}

/** A message with what is beside the point in grey: `Go version: 1.25  (go.mod:3)`. */
export function messageLine(text: string, colours: Colours): string {
  if (!colours.enabled) return text
  if (text.startsWith("note: ")) return `${colours.yellow("note:")}${text.slice("note:".length)}`
  return text.replace(/ {2}\([^()]*\)$/, (from) => colours.dim(from))
}

/** `built  app v1.2.3`: what the line is about comes first. */
export function resultLine(text: string, colours: Colours): string {
  return text.replace(/^\w+/, (what) => colours.green(what))
}

/** `12.3 s`, and from a minute on `2 min 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`
}

/** `12.3 MB of 45.6 MB`; undefined where nothing is transferred. */
export function formatTransfer(step: Step): string | undefined {
  const bytes = bytesOf(step)
  if (!bytes) return undefined
  const { current, total } = bytes
  return total === undefined || total <= current
    ? formatBytes(current)
    : `${formatBytes(current)} of ${formatBytes(total)}`
}
