import { parseReference } from "../reference.js"
import type { Pipeline } from "./pipeline.js"

/** Where nothing says which registry it is: to be replaced. */
export const placeholderRegistry = "registry.example.com"

export function placeholder({ name }: Pick<Pipeline, "name">): string {
  return `${placeholderRegistry}/team/${name}`
}

/** Registries that belong to where a repository is. */
const registries: Readonly<Record<string, string>> = {
  "github.com": "ghcr.io",
  "gitlab.com": "registry.gitlab.com",
  "codeberg.org": "codeberg.org",
}

/** `https://github.com/Acme/shop` is `ghcr.io/acme/shop`: names of images are lower case. */
export function imageOfRemote(remote: string | undefined): string | undefined {
  if (remote === undefined || !URL.canParse(remote)) return undefined
  const { host, pathname } = new URL(remote)
  const registry = Object.hasOwn(registries, host) ? registries[host] : undefined
  const path = pathname.replace(/^\/+|\/+$/g, "").toLowerCase()
  return registry && /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)+$/.test(path)
    ? `${registry}/${path}`
    : undefined
}

/** What `docker login` is told. */
export function registryOf(image: string): string {
  return parseReference(image).registry
}

/** What is behind the repository's name, for a service that is not the only one. Targets have names of their own. */
export function ownName({ service, targets }: Pick<Pipeline, "service" | "targets">): string {
  return service === undefined || targets.length > 0 ? "" : `/${service}`
}
