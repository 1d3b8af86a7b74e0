import { UserError } from "../src/errors.js"

/** The machine is in the way: there is no engine to build with, or a disk is full. Exit status 4. */
export class SetupError extends UserError {
  override name = "SetupError"
}

/** What may succeed when it is tried again, with nothing changed: a registry's server error, an engine that ended. Exit status 75. */
export class TemporaryFailure extends UserError {
  override name = "TemporaryFailure"
  /** Whether a second attempt at once makes sense. */
  readonly retry: boolean

  constructor(found: string, { hint, retry = false }: { hint?: string; retry?: boolean } = {}) {
    super(found, { hint })
    this.retry = retry
  }
}

/** The image is in the registry, and what is said about it is not. Exit status 5. */
export class HalfPushed extends UserError {
  override name = "HalfPushed"
}
