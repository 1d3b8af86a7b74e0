import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"
import { UserError } from "../src/errors.js"
import { netrcSecret } from "../src/plan/go-command.js"

/** The secret of a build with private modules; none where nobody said so and there is no file where Go would look. */
export function findNetrc(asked: string | undefined): Record<string, string> {
  const named = asked ?? (process.env.NETRC || undefined)
  const file = named === undefined ? join(homedir(), ".netrc") : resolve(named)
  if (existsSync(file)) return { [netrcSecret]: file }
  if (named === undefined) return {}
  throw new UserError(`no such file: ${file} (${asked === undefined ? "$NETRC" : "--netrc"})`, {
    hint: "It has the passwords for private modules: machine github.com login me password token",
  })
}
