/**
 * Where a registry is asked: plain HTTP for those on this machine, as BuildKit has it.
 */
export function registryAddress(registry: string): {
  host: string
  scheme: "http" | "https"
  /** Where HTTPS is not there: of a private network, https://www.rfc-editor.org/rfc/rfc1918. */
  mayBePlain: boolean
} {
  const host = registry === "docker.io" ? "registry-1.docker.io" : registry
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+)(:|$)/.test(host)
  const isPrivate =
    /^(?:10(?:\.\d+){3}|192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|[\w.-]+\.local)(?::|$)/.test(
      host,
    )
  return { host, scheme: isHere ? "http" : "https", mayBePlain: isPrivate }
}
