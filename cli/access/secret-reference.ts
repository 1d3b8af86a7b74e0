import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { UserError } from "../../src/errors.js"

/**
 * A secret as Dagger has it on its command line: `env:NAME`, `file:PATH`.
 *
 * @param before What stands before it in the option's value.
 */
export function readSecret(reference: string, option: string, before = ""): string {
  const [, kind, name = ""] = /^(env|file):(.+)$/s.exec(reference) ?? []
  if (kind === undefined) {
    // It may be the password itself, which is not to be shown.
    throw new UserError(`not a reference to a secret (${option})`, {
      hint: `Write env:NAME for an environment variable, or file:PATH: ${option} ${before}env:NAME`,
    })
  }
  if (kind === "env") {
    const value = process.env[name]
    if (value) return value
    throw new UserError(`the environment variable ${name} is not set (${option})`)
  }
  try {
    return readFileSync(resolve(name), "utf8").trim()
  } catch (error) {
    throw new UserError(`cannot read ${name}: ${(error as Error).message} (${option})`)
  }
}
