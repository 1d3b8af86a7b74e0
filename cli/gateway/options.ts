/** What BuildKit tells a frontend by its environment. */
export interface FrontendOptions {
  /** Of whoever builds: `filename`, `target`, `platform`, `build-arg:NAME` and others, as docker buildx and buildctl set them. */
  options: ReadonlyMap<string, string>
  /** Who can be asked for local files. */
  session: string
  /** Of BuildKit, e.g. `v0.26.3`. */
  version?: string
}

const optionName = /^BUILDKIT_FRONTEND_OPT_\d+$/

export function readFrontendOptions(
  environment: Readonly<Record<string, string | undefined>>,
): FrontendOptions {
  const options = new Map<string, string>()
  for (const [name, text = ""] of Object.entries(environment)) {
    if (!optionName.test(name)) continue
    const end = text.indexOf("=")
    if (end > 0) options.set(text.slice(0, end), text.slice(end + 1))
  }
  return {
    options,
    session: environment["BUILDKIT_SESSION_ID"] ?? "",
    version: versionOf(environment["BUILDKIT_WORKERS"]),
  }
}

/** Those with this prefix, by what follows it. */
export function withPrefix(
  options: ReadonlyMap<string, string>,
  prefix: string,
): Record<string, string> {
  return Object.fromEntries(
    [...options]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  )
}

/** Where BuildKit does not say it, it is old. */
function versionOf(workers: string | undefined): string | undefined {
  if (workers === undefined) return undefined
  const [worker] = JSON.parse(workers) as { buildkitVersion?: { version?: string } }[]
  return worker?.buildkitVersion?.version
}
