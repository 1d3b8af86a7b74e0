import { existsSync } from "node:fs"
import { basename } from "node:path"
import { UserError } from "../../../../src/errors.js"
import { parseReference } from "../../../../src/reference.js"
import { SetupError } from "../../../errors.js"
import { chooseManifest } from "../../../image/manifest.js"
import { RegistryImage } from "../../../image/registry/registry-image.js"
import type { StoredLayers } from "../../../image/unpack.js"
import { waitForListener } from "../../../run/answer.js"
import { openArchive } from "../../../run/built-image.js"
import { runImage } from "../../../run/container.js"
import { runWithDocker } from "../../../run/docker.js"
import { environmentFor, knownService } from "./known-services.js"
import type { StreamName } from "../lines.js"

/** `--service postgres:17`, `--service cache=redis.tar` */
export interface ServiceRequest {
  name: string
  /** A reference, or the path of an archive. */
  image: string
  isArchive: boolean
}

export interface RunningService {
  name: string
  /** What the program is told of it. */
  environment: Record<string, string>
  /** On this machine's loopback address; undefined where it is in Docker's network alone. */
  port?: number
  exited: Promise<number>
  stop: (graceMilliseconds?: number) => Promise<number>
}

export interface ServiceOptions {
  onOutput: (chunk: Buffer, stream: StreamName) => void
  signal: AbortSignal
  /** Docker's, where the program is in Docker. */
  network?: string
}

export function parseService(text: string): ServiceRequest {
  const [, given, image = ""] = /^(?:([^=/:]+)=)?(.+)$/s.exec(text) ?? []
  const isArchive = existsSync(image) || /\.tar$/.test(image)
  const name = given ?? (isArchive ? nameOfFile(image) : nameOfImage(image))
  if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(name)) {
    throw new UserError(`not a name for a service: ${name} (--service ${text})`, {
      hint: `It is a host name: letters, digits and hyphens, as in --service database=${image}`,
    })
  }
  return { name, image, isArchive }
}

function nameOfFile(path: string): string {
  return basename(path).replace(/(?:\.oci)?\.tar$/, "")
}

function nameOfImage(image: string): string {
  return parseReference(image).repository.split("/").at(-1) ?? ""
}

/** Servers have something to do before they listen, at their first start most. */
const untilListening = 60_000

/** Starts it without Docker, and waits until it listens. */
export async function startHere(
  service: ServiceRequest,
  image: StoredLayers,
  { onOutput, signal }: ServiceOptions,
): Promise<RunningService> {
  const { name } = service
  const known = knownService(kindOf(service))
  const container = await runImage({ image, env: known?.environment, onOutput, signal })
  const expected = known ? [known.port] : exposedPorts(image)
  const found = await waitForListener(container, expected, untilListening).catch(
    async (error: unknown) => {
      await container.stop(0)
      throw error
    },
  )
  if (!found) throw ended(name, await container.exited)
  const port = await container.publish(found.port)
  return {
    name,
    environment: tell(name, known, { host: name, port }),
    port,
    exited: container.exited,
    stop: (grace) => container.stop(grace),
  }
}

/** Docker gives the service its name in the network, and pulls its image where it must. */
export async function startInDocker(
  service: ServiceRequest,
  { onOutput, signal, network = "" }: ServiceOptions,
): Promise<RunningService> {
  const { name } = service
  const image = service.isArchive ? await loadIntoDocker(service.image) : service.image
  const known = knownService(kindOf(service))
  const container = await runWithDocker(image, {
    ...{ ports: [], signal, onOutput },
    env: known?.environment,
    network: { name: network, alias: name },
  })
  const found = await waitForListener(container, known ? [known.port] : [], untilListening)
  if (!found) throw ended(name, await container.exited)
  // Of an engine on another machine nothing is seen.
  const port = found.port || (known?.port ?? 8080)
  return {
    name,
    environment: tell(name, known, { host: name, port }),
    exited: container.exited,
    stop: () => container.stop(),
  }
}

async function loadIntoDocker(archive: string): Promise<string> {
  const { run } = await import("../../../system/command.js")
  const answer = await run(["docker", "load", "--input", archive])
  const [, name] = /^Loaded image(?: ID)?: (\S+)/m.exec(answer) ?? []
  if (name === undefined) throw new UserError(`${archive} has no image that Docker can load`)
  return name
}

function tell(
  name: string,
  known: ReturnType<typeof knownService>,
  at: { host: string; port: number },
): Record<string, string> {
  return { ...environmentFor(name, at), ...known?.tells(at.host, at.port) }
}

/** `postgres` also of `docker.io/library/postgres:17`, and of an archive that is called so. */
function kindOf({ image, isArchive }: ServiceRequest): string {
  return isArchive ? nameOfFile(image).replace(/[-_.:@\d].*$/, "") : nameOfImage(image)
}

export async function openService(
  { name, image, isArchive }: ServiceRequest,
  signal: AbortSignal,
): Promise<StoredLayers> {
  if (isArchive) return openArchive(image)
  try {
    const store = await RegistryImage.open(image, signal)
    return { store, ...(await chooseManifest(store)) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const [reason = ""] = error.message.split("\n")
    throw new SetupError(`the image of the service ${name} is not available: ${reason}`, {
      hint: `An archive will do: --service ${name}=${name}.tar, as \`skopeo copy docker://${image} oci-archive:${name}.tar\` writes it elsewhere.`,
    })
  }
}

/** Where it is, what the program is told of it, with the password: it is one for `dev` alone. */
export function serviceLines({ name, port, environment }: RunningService): string[] {
  const where = port === undefined ? "in Docker's network" : `on 127.0.0.1:${port}`
  const variables = Object.entries(environment).map((pair) => pair.join("="))
  const addresses = variables.filter((each) => each.includes("://"))
  const others = variables.filter((each) => !addresses.includes(each))
  return [
    `service ${name}: ready ${where}; its data is removed when dev ends. Variables of the program:`,
    ...[...addresses, others.join(" ")].filter(Boolean).map((line) => `    ${line}`),
  ]
}

function exposedPorts({ config }: StoredLayers): number[] {
  return Object.keys(config.config?.ExposedPorts ?? {})
    .filter((port) => !port.endsWith("/udp"))
    .map((port) => parseInt(port))
}

/** No change of the project mends it. */
function ended(name: string, code: number): SetupError {
  return new SetupError(`the service ${name} ended with exit code ${code} before it listened`, {
    hint: "Its last lines above say why. Try another image, or an archive: --service NAME=FILE.tar",
  })
}
