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

export interface Failure {
  /** E.g. `module lib: test`. */
  what: string
  error: unknown
}

/** Of several checks or modules, some failed. */
export class SeveralFailed extends Error {
  override name = "SeveralFailed"

  constructor(
    readonly failures: readonly Failure[],
    summary = `failed: ${failures.map(({ what }) => what).join(", ")}`,
  ) {
    super(summary)
  }
}

/** Documented in `script/build --help`. */
export function exitCode(error: unknown): number {
  if (error instanceof ProgramFailed) return 1
  if (error instanceof BuildFailed) return 3
  if (error instanceof SeveralFailed) return exitCodeOfAll(error)
  if (error instanceof SetupError) return 4
  if (error instanceof ImageDiffers) return 6
  if (error instanceof TemporaryFailure) return 75
  if (error instanceof NotDelivered && error.temporary) return 75
  if (error instanceof HalfPushed) return 5
  if (error instanceof UserError) return 2
  return 70
}

/** What was found in the project says more than what kept another check from running. */
function exitCodeOfAll({ failures }: SeveralFailed): number {
  const codes = failures.map(({ error }) => exitCode(error))
  return codes.find((code) => code === 3) ?? Math.max(...codes)
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
  if (error instanceof SeveralFailed)
    return `${explainEach(error).join("\n\n")}\n\n${error.message}`
  if (error instanceof UserError || isOutcome(error)) return error.message
  const { stack = String(error) } = error instanceof Error ? error : {}
  return `${sourceStack(stack, fileURLToPath(import.meta.url))}\nThis is a bug in go-image, not in your project. Please report it with the lines above.`
}

/** Where the same is wrong with several (a module that cannot be downloaded), it is told once. */
function explainEach({ failures }: SeveralFailed): string[] {
  const names = new Map<string, string[]>()
  for (const { what, error } of failures) {
    const text = explain(error)
    names.set(text, [...(names.get(text) ?? []), what])
  }
  return [...names].map(([text, whats]) => `--- ${whats.join(", ")}\n${text}`)
}
