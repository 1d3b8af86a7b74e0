import { fileURLToPath } from "node:url"
import { UserError } from "../../src/errors.js"
import { buildHint } from "../engine/client/build-hints.js"
import { BuildFailed, NotDelivered } from "../engine/engine.js"
import { HalfPushed, SetupError, TemporaryFailure } from "../errors.js"
import { sourceStack } from "../start/stack.js"
import { shortenStep } from "../terminal/step-name.js"

/** The program that `--run` started ended with an error, or its health check fails. */
export class ProgramFailed extends Error {
  override name = "ProgramFailed"
}

/** `verify`: the source gives another image. */
export class ImageDiffers extends Error {
  override name = "ImageDiffers"
}

/** Documented in `script/build --help`. */
export function exitCode(error: unknown): number {
  if (error instanceof ProgramFailed) return 1
  if (error instanceof BuildFailed) return 3
  if (error instanceof SetupError) return 4
  if (error instanceof ImageDiffers) return 6
  if (error instanceof TemporaryFailure) return 75
  if (error instanceof NotDelivered && error.temporary) return 75
  if (error instanceof HalfPushed) return 5
  if (error instanceof UserError) return 2
  return 70
}

/** What somebody asked to be told by the exit status. */
function isOutcome(error: unknown): error is Error {
  return error instanceof ProgramFailed || error instanceof ImageDiffers
}

/** What a person is told: of a failed build, the program's own words first; a stack only for a bug of ours. */
export function explain(error: unknown): string {
  if (error instanceof BuildFailed) {
    const status = error.exitCode === undefined ? "" : ` (exit code ${error.exitCode})`
    const failed = `failed${status}: ${shortenStep(error.step)}`
    const hint = buildHint(`${error.step}\n${error.output}`)
    return [`${error.output.trim()}\n`, failed, hint].filter(Boolean).join("\n").trim()
  }
  if (error instanceof UserError || isOutcome(error)) return error.message
  const { stack = String(error) } = error instanceof Error ? error : {}
  return `${sourceStack(stack, fileURLToPath(import.meta.url))}\nThis is a bug in go-image, not in your project. Please report it with the lines above.`
}
