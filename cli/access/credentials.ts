import { readFileSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { UserError } from "../../src/errors.js"
import { tokenLines, type AskedAccess } from "./access.js"
import { npmSecret } from "../../src/plan/stages/frontend-stage.js"
import { certificatesSecret, netrcSecret } from "../../src/plan/go/download-access.js"
import { goProxyAddresses, goProxyHosts } from "../../src/settings/build-environment.js"
import { hostMatcher, linesWithPort, parseNetrc } from "../../src/settings/access/netrc.js"
import type { Settings } from "../../src/settings/resolve.js"
import { readSecret } from "./secret-reference.js"
import type { Terminal } from "../terminal/terminal.js"
import { makeWorkFolder } from "../system/work-folder.js"
import type { Setting } from "../../src/settings/setting.js"

export interface Asked extends AskedAccess {
  netrc?: string
  npmToken?: string
}

/**
 * Gives to `use` the files that hold secrets, by the secrets' names: tokens, and of the netrc file the lines for the hosts of
 * the private modules and of the module proxy alone, in a file that nobody else can read, for as long as `use` takes.
 *
 * @param asked What `--netrc`, `--token` and `--npm-token` say.
 */
export async function withCredentials<T>(
  settings: Pick<Settings, "privateModules" | "buildEnvironment" | "access">,
  asked: Asked,
  terminal: Pick<Terminal, "say">,
  use: (secrets: Record<string, string>) => Promise<T>,
): Promise<T> {
  const { netrc, npmToken } = asked
  const { lines: ofFile = [], notice } = findCredentials(settings, netrc)
  if (notice !== undefined) terminal.say(`note: ${notice}`)
  // The first line for a host counts.
  const hosts = [...tokenLines(asked), ...ofFile]
  const addresses = goProxyAddresses(settings.buildEnvironment?.value)
  const lines = [...hosts, ...linesWithPort(parseNetrc(hosts.join("\n")), addresses)]
  const certificates = settings.access?.value.certificates
  const token = npmToken === undefined ? undefined : readSecret(npmToken, "--npm-token")
  const contents = {
    ...(lines.length > 0 ? { [netrcSecret]: `${lines.join("\n")}\n` } : {}),
    ...(token === undefined ? {} : { [npmSecret]: token }),
    ...(certificates === undefined ? {} : { [certificatesSecret]: certificates }),
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

function findCredentials(
  {
    privateModules: modules,
    buildEnvironment,
  }: Pick<Settings, "privateModules" | "buildEnvironment">,
  asked: string | undefined,
): { lines?: string[]; notice?: string } {
  const proxies = goProxyHosts(buildEnvironment)
  const privateModules = withHosts(modules, proxies)
  if (!privateModules) {
    if (asked === undefined) return {}
    // Also where it is not used: a file that was named and is not there is a mistake.
    readNetrc(asked)
    return { notice: "--netrc has no effect: no private modules are named (--private-modules)" }
  }
  const { value: patterns, from } = privateModules
  // Whose passwords they are says whether they are used; a file of the project cannot.
  if (asked === undefined && modules?.byProject) {
    const notice = `${from} names private modules (${patterns.join(", ")}); your passwords are used only with --netrc ~/.netrc`
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

/** The proxy that modules come from is asked with a password, too. */
function withHosts(
  modules: Setting<string[]> | undefined,
  proxies: Setting<string[]> | undefined,
): Setting<string[]> | undefined {
  if (!modules || !proxies) return modules ?? proxies
  return {
    value: [...modules.value, ...proxies.value],
    from: `${modules.from}, ${proxies.from}`,
  }
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
      hint: "Expected the passwords for private modules: machine github.com login me password token",
    })
  }
}
