import { UserError } from "../../../src/errors.js"

/** What is given, or the UserError that is thrown; anything else that is thrown is a mistake of ours. */
export function resultOrUserError<T>(compute: () => T): T | UserError {
  try {
    return compute()
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

/** The whole message of the UserError that is thrown, as a person sees it. */
export function messageOf(compute: () => unknown): string {
  const error = resultOrUserError(compute)
  if (error instanceof UserError) return error.message
  throw new Error(`no error, but ${JSON.stringify(error)}`)
}
