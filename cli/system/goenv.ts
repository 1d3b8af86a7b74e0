import { CommandFailed, onPath, run } from "./command.js"

const defaults = {
  GOPROXY: "https://proxy.golang.org,direct",
  GONOPROXY: "",
  GOSUMDB: "sum.golang.org",
  GONOSUMDB: "",
  GOPRIVATE: "",
  GOINSECURE: "",
  GOVCS: "",
}

type Name = keyof typeof defaults

/** Variables of the go command that say how it gets modules. */
export const goVariables: readonly string[] = Object.keys(defaults)

/**
 * How this machine's `go` gets modules, where that differs from Go's defaults, so that a build can do as it does.
 * Credentials in URLs are left out, because what comes from here may end up in an image's history.
 */
export async function hostGoEnvironment(signal?: AbortSignal): Promise<Record<string, string>> {
  const names = Object.keys(defaults) as Name[]
  const environment: Record<string, string> = {}
  const settings = await readSettings(names, signal)
  for (const name of names) {
    const value = withoutCredentials(settings[name] ?? "")
    if (value === "" || value === defaults[name]) continue
    // These two take GOPRIVATE's value unless they are set.
    const derived = name === "GONOPROXY" || name === "GONOSUMDB"
    if (derived && value === settings.GOPRIVATE) continue
    environment[name] = value
  }
  return environment
}

/** With Go at hand, `go env -w` settings count too. */
async function readSettings(
  names: Name[],
  signal?: AbortSignal,
): Promise<Partial<Record<Name, string>>> {
  if (onPath("go")) {
    try {
      const json = await run(["go", "env", "-json", ...names], { cwd: "/", signal })
      return JSON.parse(json) as Partial<Record<Name, string>>
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error
    }
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}

/** `https://user:secret@host/path` -> `https://host/path`, in lists too. */
function withoutCredentials(value: string): string {
  return value.replace(/(:\/\/)[^/@,|\s]*@/g, "$1")
}
