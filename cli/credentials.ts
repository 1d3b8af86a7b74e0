import { readFileSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { UserError } from "../src/errors.js"
import { npmSecret } from "../src/plan/frontend-stage.js"
import { netrcSecret } from "../src/plan/go-command.js"
import type { Setting, Settings } from "../src/settings/resolve.js"
import { hostMatcher, parseNetrc } from "./netrc.js"
import type { Terminal } from "./terminal.js"
import { makeWorkFolder } from "./work-folder.js"

export interface Asked {
  netrc?: string
  npmToken?: string
}

/**
 * Gives to `use` the files that hold secrets, by the secrets' names: of the netrc file the lines for the hosts of the
 * private modules alone, in a file that nobody else can read, for as long as `use` takes.
 *
 * @param asked What `--netrc` and `--npm-token` say.
 */
export async function withCredentials<T>(
  { privateModules }: Pick<Settings, "privateModules">,
  { netrc, npmToken }: Asked,
  terminal: Pick<Terminal, "say">,
  use: (secrets: Record<string, string>) => Promise<T>,
): Promise<T> {
  const { lines = [], notice } = findCredentials(privateModules, netrc)
  if (notice !== undefined) terminal.say(`note: ${notice}`)
  const token = npmToken === undefined ? undefined : readSecret(npmToken, "--npm-token")
  const contents = {
    ...(lines.length > 0 ? { [netrcSecret]: `${lines.join("\n")}\n` } : {}),
    ...(token === undefined ? {} : { [npmSecret]: token }),
  }
  if (Object.keys(contents).length === 0) return use({})
  const folder = makeWorkFolder(tmpdir(), "go-image-")
  try {
    const files: Record<string, string> = {}
    for (const [name, content] of Object.entries(contents)) {
      const file = (files[name] = join(folder.path, name))
      writeFileSync(file, content, { mode: 0o600 })
    }
    return await use(files)
  } finally {
    folder.remove()
  }
}

/** A secret as Dagger has it on its command line: `env:NAME`, `file:PATH`. */
function readSecret(reference: string, option: string): string {
  const [, kind, name = ""] = /^(env|file):(.+)$/s.exec(reference) ?? []
  if (kind === undefined) {
    // It may be the password itself, which is not to be shown.
    throw new UserError(`not a reference to a secret (${option})`, {
      hint: `Write env:NAME for an environment variable, or file:PATH: ${option} env:NPM_TOKEN`,
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

function findCredentials(
  privateModules: Setting<string[]> | undefined,
  asked: string | undefined,
): { lines?: string[]; notice?: string } {
  if (!privateModules) {
    if (asked === undefined) return {}
    // Also where it is not used: a file that was named and is not there is a mistake.
    readNetrc(asked)
    return { notice: "--netrc is not used: no modules are private (--private-modules)" }
  }
  const { value: patterns, from } = privateModules
  // Whose passwords they are says whether they are used; a file of the project cannot.
  if (asked === undefined && privateModules.byProject) {
    const notice = `${from} names private modules (${patterns.join(", ")}); passwords are used only where you ask for it: --netrc ~/.netrc`
    return { notice }
  }
  const file = readNetrc(asked)
  if (!file) return {}
  const isAsked = hostMatcher(patterns)
  const lines = parseNetrc(file.text)
    .filter(({ machine }) => isAsked(machine))
    .map(({ text }) => text)
  const notice =
    lines.length > 0 ? undefined : `${file.path} has no line for ${patterns.join(", ")} (${from})`
  return { lines, notice }
}

function readNetrc(asked: string | undefined): { path: string; text: string } | undefined {
  const named = asked ?? (process.env.NETRC || undefined)
  const path = named === undefined ? join(homedir(), ".netrc") : resolve(named)
  try {
    return { path, text: readFileSync(path, "utf8") }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === "ENOENT" && named === undefined) return undefined
    const from = asked !== undefined ? " (--netrc)" : named !== undefined ? " ($NETRC)" : ""
    const what = code === "ENOENT" ? `no such file: ${path}` : `cannot read ${path}: ${message}`
    throw new UserError(`${what}${from}`, {
      hint: "It has the passwords for private modules: machine github.com login me password token",
    })
  }
}
