import { dag, type Container, type Secret } from "@dagger.io/dagger"
import { InternalError, UserError } from "./errors.js"
import { registryAnswer } from "./registry-answer.js"

/** Gives a container the right to be pushed; without a user's name, what the caller's Docker configuration says holds. */
export function registryLogin(
  addresses: readonly string[],
  username: string | undefined,
  password: Secret | undefined,
): (container: Container) => Container {
  if (addresses.length === 0) {
    throw new UserError("no address to publish the image to", {
      hint: "Give one or more, e.g. --addresses=registry.example.com/app:v1",
    })
  }
  if (username === undefined && !password) return (container) => container
  if (username === undefined || !password) {
    const [given, missing] = password ? ["password", "username"] : ["username", "password"]
    throw new UserError(`a ${given} for the registry without a ${missing}`, {
      hint: "Give both, e.g. --username=me --password=env:TOKEN",
    })
  }
  const registries = [...new Set(addresses.map(registryOf))]
  const [registry = "", another] = registries
  if (another !== undefined) {
    throw new UserError(`one password for several registries: ${registries.join(", ")}`, {
      hint: "It would be sent to all of them. Publish to one registry at a time.",
    })
  }
  return (container) => container.withRegistryAuth(registry, username, password)
}

/** https://github.com/distribution/reference: what precedes the first slash, where it looks like a host. */
function registryOf(address: string): string {
  const [first = "", ...rest] = address.split("/")
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io"
}

/** Pushes an image, or the variants of one, and gives back the reference with the digest. */
export async function publish(
  images: readonly Container[],
  address: string,
  login: (container: Container) => Container,
): Promise<string> {
  // First, so that what does not compile is not taken for the registry's fault.
  const [image, ...others] = await Promise.all(images.map((each) => each.sync()))
  if (!image) throw new InternalError("no image to publish")
  const push =
    others.length === 0
      ? login(image).publish(address)
      : login(dag.container()).publish(address, { platformVariants: [image, ...others] })
  return push.catch((error: unknown) => {
    throw refused(address, (error as Error).message)
  })
}

function refused(address: string, reason: string): UserError {
  return new UserError(`cannot push to ${address}: ${reason}`, { hint: advice(reason) })
}

function advice(reason: string): string {
  switch (registryAnswer(reason)) {
    case "login":
      return "The registry wants other credentials: give --username and --password, or `docker login` first."
    case "limit":
      return "The registry limits how often it is asked: try again later."
    case "temporary":
      return "That may pass: try again."
    case "unreachable":
    case "missing":
    case undefined:
      return "Check the address, and that the engine can reach the registry."
  }
}
