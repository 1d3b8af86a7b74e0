/** Where a registry is asked: plain HTTP for those on this machine, as BuildKit has it. */
export function registryAddress(registry: string): { host: string; scheme: "http" | "https" } {
  const host = registry === "docker.io" ? "registry-1.docker.io" : registry
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+)(:|$)/.test(host)
  return { host, scheme: isHere ? "http" : "https" }
}
