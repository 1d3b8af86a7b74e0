import { UserError } from "./errors.js"

/** An image reference in its parts, normalised as Docker does it. */
export interface Reference {
  /** E.g. `docker.io`, `localhost:5000`. */
  registry: string
  /** E.g. `library/golang`. */
  repository: string
  /** `latest` where neither a tag nor a digest is given. */
  tag?: string
  digest?: string
}

/** @param option Where it was given, as it is typed. */
export function parseReference(text: string, option?: string): Reference {
  const [tagged = "", digest] = split(text, text.indexOf("@"))
  // A colon before the last slash is that of a port.
  const [name = "", tag] = split(tagged, tagged.indexOf(":", tagged.lastIndexOf("/") + 1))
  const { registry, repository } = splitRegistry(name)
  const valid =
    /^[a-z0-9.-]+(:\d+)?$/i.test(registry) &&
    repository.split("/").every((part) => /^[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*$/.test(part)) &&
    (tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)) &&
    (digest === undefined || /^[a-z0-9]+([+._-][a-z0-9]+)*:[0-9a-f]{32,}$/i.test(digest))
  if (!valid) {
    const from = option === undefined ? "" : ` (${option})`
    throw new UserError(`not an image reference: ${text || "(empty)"}${from}`, {
      hint: "Write it like golang:1.25 or registry.example.com/team/app:tag.",
    })
  }
  return { registry, repository, tag: tag ?? (digest === undefined ? "latest" : undefined), digest }
}

/** `docker.io/library/debian` */
export function repositoryName({
  registry,
  repository,
}: Pick<Reference, "registry" | "repository">): string {
  return `${registry}/${repository}`
}

/** In full, as a registry is asked for it, without a digest: `docker.io/library/debian:bookworm-slim`. */
export function taggedName(reference: Reference): string {
  const { tag } = reference
  return repositoryName(reference) + (tag === undefined ? "" : `:${tag}`)
}

/** A name to give an image; a digest is not for us to choose. */
export function parseTag(text: string, option?: string): Reference {
  const reference = parseReference(text, option)
  if (reference.digest === undefined) return reference
  throw new UserError(`a name with a digest: ${text}`, {
    hint: "An image's digest comes from its content. Write it like registry.example.com/team/app:tag.",
  })
}

/** The short form that Docker shows, and under which BuildKit's Dockerfile frontend looks for a named context. */
export function familiarName(text: string): string {
  const { registry, repository, tag, digest } = parseReference(text)
  const short = repository.replace(/^library\/(?=[^/]+$)/, "")
  let name = registry === "docker.io" ? short : `${registry}/${repository}`
  if (tag !== undefined && (tag !== "latest" || digest !== undefined)) name += `:${tag}`
  if (digest !== undefined) name += `@${digest}`
  return name
}

function split(text: string, at: number): [string, string?] {
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/** The first part of a name is a registry only where it cannot be a user's name on Docker Hub. */
function splitRegistry(name: string): Pick<Reference, "registry" | "repository"> {
  const slash = name.indexOf("/")
  const first = name.slice(0, slash)
  const isRegistry = slash > 0 && (/[.:A-Z]/.test(first) || first === "localhost")
  const registry = isRegistry && first !== "index.docker.io" ? first : "docker.io"
  const repository = isRegistry ? name.slice(slash + 1) : name
  const isOfficial = registry === "docker.io" && !repository.includes("/")
  return { registry, repository: isOfficial ? `library/${repository}` : repository }
}
