const names = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY"]

/** Programs disagree about their case. */
export const proxyVariables = [...names, ...names.map((name) => name.toLowerCase())]

/**
 * The machine's proxy settings, for BuildKit to predefine as build arguments: steps see them as environment variables,
 * while neither the cache nor the image's configuration does.
 */
export function proxyBuildArgs(environment: NodeJS.ProcessEnv): Record<string, string> {
  const found = names.map((name) => [name, setting(environment, name)])
  return Object.fromEntries(found.filter(([, value]) => value)) as Record<string, string>
}

/** The proxy through which a host is reached by HTTPS, if any. */
export function httpsProxy(host: string, environment: NodeJS.ProcessEnv): URL | undefined {
  return proxyBy("HTTPS_PROXY", host, environment)
}

/** The one for an address, if any. This machine is reached without, as Go and with it BuildKit have it. */
export function proxyOf(
  { protocol, host, hostname }: URL,
  environment: NodeJS.ProcessEnv,
): URL | undefined {
  if (/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return undefined
  return proxyBy(protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY", host, environment)
}

function proxyBy(name: string, host: string, environment: NodeJS.ProcessEnv): URL | undefined {
  const proxy = setting(environment, name) ?? setting(environment, "ALL_PROXY")
  if (!proxy || exempt(host, setting(environment, "NO_PROXY") ?? "")) return undefined
  const url = proxy.includes("://") ? proxy : `http://${proxy}`
  return URL.canParse(url) ? new URL(url) : undefined
}

/** `example.com` in NO_PROXY, with or without a leading dot, covers its subdomains; `*` covers everything. */
function exempt(host: string, noProxy: string): boolean {
  const [name = host] = host.split(":")
  return noProxy
    .split(",")
    .map((entry) => entry.trim().replace(/^\*?\./, ""))
    .some((entry) => entry && (entry === "*" || name === entry || name.endsWith(`.${entry}`)))
}

function setting(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] || environment[name.toLowerCase()] || undefined
}
