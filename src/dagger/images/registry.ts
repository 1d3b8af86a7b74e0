import { dag, type Container, type Platform, type Secret } from "@dagger.io/dagger"
import { attachTo } from "./attestations.js"
import { InternalError, UserError } from "../../errors.js"
import { distinctPlatforms } from "../../plan/bases/platform.js"
import type { Project } from "../project.js"
import { parseReference, parseTag } from "../../reference.js"
import { registryAnswer } from "../../registry-answer.js"
import { readSecret } from "../given/secret.js"
import { warmImage } from "./warm-image.js"
import { expandTargets, nameForTarget, requirePlaceholder } from "../../settings/targets.js"

export interface Publication {
  /** Image references; {{.Target}} stands for a target's name. */
  addresses: readonly string[]
  /** Without a user's name, what the caller's Docker configuration says holds. */
  login: { username?: string; password?: Secret }
  /** Whether SBOM and provenance are attached; by default, where a password is given. */
  attest?: boolean
  /** Where the packages that were compiled for it are pushed, too. */
  warmTo?: string
  platforms: readonly Platform[]
  /** Of project.toml, or all. */
  targets: readonly string[]
}

/** Builds the images, and pushes them. Whatever is wrong with what was asked for is said before anything is built. */
export async function publishImages(
  project: Project,
  {
    addresses,
    login,
    attest = login.password !== undefined,
    warmTo,
    platforms,
    targets,
  }: Publication,
): Promise<string[]> {
  const { options, target } = project.request
  if (addresses.length === 0) {
    throw new UserError("no address to publish the image to", {
      hint: "Give one or more, e.g. --addresses=registry.example.com/app:v1",
    })
  }
  const variants = platforms.length > 0 ? distinctPlatforms(platforms) : [options.platform]
  const names = expandTargets(targets, targets.length > 0 ? await project.targets() : [])
  const asked = names.length > 0 ? names : [target]
  for (const address of addresses) requirePlaceholder(address, names, "address (--addresses)")
  if (warmTo !== undefined) requirePlaceholder(warmTo, names, "address (--warm-to)")
  const named = asked.map((name) => ({
    name,
    references: addresses.map((each) => full(each, name)),
    warm: warmTo === undefined ? undefined : full(warmTo, name, "--warm-to"),
  }))
  const loggedIn = registryLogin(
    named.flatMap(({ references, warm }) => [...references, ...(warm ? [warm] : [])]),
    login,
  )
  const credentials = await credentialsOf(login)
  const published = await Promise.all(
    named.map(async ({ name, references, warm }) => {
      const each = variants.map((platform) =>
        project.with({ options: { ...options, platform }, target: name }),
      )
      const built = await Promise.all(each.map((variant) => variant.build()))
      const images = built.map(({ image }) => image)
      const pushed = await Promise.all(
        references.map((reference) => publish(images, reference, loggedIn)),
      )
      // Then all of it is in the cache volumes.
      if (warm !== undefined) await publishWarm(each, warm, loggedIn)
      return { name, built, pushed }
    }),
  )
  if (attest) {
    for (const { name, built, pushed } of published)
      await attachTo({
        project: project.with({ target: name }),
        built,
        references: pushed,
        credentials,
      })
  }
  return published.flatMap(({ pushed }) => pushed)
}

async function credentialsOf({ username, password }: Publication["login"]) {
  if (username === undefined || !password) return undefined
  return { username, password: await readSecret(password, "password", "--password") }
}

/** It only saves time later: where it cannot be pushed, the image is there all the same. */
async function publishWarm(
  variants: readonly Project[],
  address: string,
  login: (container: Container) => Container,
): Promise<void> {
  try {
    const images = await Promise.all(variants.map(warmImage))
    const made = images.flatMap((image) => image ?? [])
    if (made.length > 0) await publish(made, address, login)
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n")
    console.error(`note: compiled packages were not pushed to ${address}: ${line}`)
  }
}

/** With the tag that it means. */
function full(address: string, target: string | undefined, option = "--addresses"): string {
  const name = nameForTarget(address, target)
  const { tag } = parseTag(name, option)
  // A colon before the last slash is that of a port.
  return name.includes(":", name.lastIndexOf("/") + 1) ? name : `${name}:${tag}`
}

function registryLogin(
  addresses: readonly string[],
  { username, password }: Publication["login"],
): (container: Container) => Container {
  if (username === undefined && !password) return (container) => container
  if (username === undefined || !password) {
    const [given, missing] = password ? ["password", "username"] : ["username", "password"]
    throw new UserError(`a ${given} for the registry without a ${missing}`, {
      hint: "Give both, e.g. --username=me --password=env:TOKEN",
    })
  }
  const registries = [...new Set(addresses.map((each) => parseReference(each).registry))]
  const [registry = "", another] = registries
  if (another !== undefined) {
    throw new UserError(`one password for several registries: ${registries.join(", ")}`, {
      hint: "It would be sent to all of them. Publish to one registry at a time.",
    })
  }
  return (container) => container.withRegistryAuth(registry, username, password)
}

/** Pushes an image, or the variants of one, and gives back the reference with the digest. */
async function publish(
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
      return "The registry needs other credentials: give --username and --password, or `docker login` first."
    case "limit":
      return "The registry limits requests: try again later."
    case "temporary":
      return "This may be temporary: try again."
    case "unreachable":
    case "missing":
    case undefined:
      return "Check the address, and that the engine can reach the registry."
  }
}
