import type { Secret } from "@dagger.io/dagger"
import { UserError } from "../../errors.js"

/**
 * What a secret holds. An engine looks for it when a step is first mounted with it, and then speaks of mounts; here it is said
 * before anything is built, and which option it is of.
 */
export async function readSecret(secret: Secret, what: string, option: string): Promise<string> {
  return secret.plaintext().catch((error: unknown) => {
    const reason = (error as Error).message.replace(/^rpc error: code = \w+ desc = /, "")
    throw new UserError(`the ${what} is not available: ${reason} (${option})`, {
      hint: "Give it as env:NAME of a variable that is set, file:PATH or cmd:COMMAND.",
    })
  })
}
