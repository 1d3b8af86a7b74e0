import { UserError } from "../../src/errors.js"
import type { Report } from "../terminal/report.js"
import { buildxEngine } from "./docker/buildx.js"
import {
  buildxLacks,
  buildxVersion,
  dockerEngineVersion,
  nothingToLoadInto,
  tellsProgress,
} from "./docker/docker.js"
import { connectEmbedded, embeddedObstacle } from "./embedded/embedded.js"
import type { Engine } from "./engine.js"
import { proxyBuildArgs } from "../http/proxy.js"
import { connectRemote } from "./remote.js"
import { SetupError } from "../errors.js"

export interface ConnectOptions {
  report: Report
  signal?: AbortSignal
  /** Called as soon as it is known that the engine is one that we start, while that takes its time. */
  onEmbedded?: () => void
  /** The image is to be put into the Docker engine: an engine that cannot do that is of no use. */
  load?: boolean
}

/** What a build would use here, and nothing of it started. */
export type Choice =
  | { kind: "remote"; address: string }
  | { kind: "docker"; docker: string; buildx: string | undefined }
  | { kind: "embedded"; lacking?: string }
  | { kind: "none"; lacking?: string; obstacle: string }

export async function chooseEngine(signal?: AbortSignal): Promise<Choice> {
  const address = process.env.BUILDKIT_HOST
  if (address) return { kind: "remote", address }
  const docker = await dockerEngineVersion(signal)
  const buildx = docker && (await buildxVersion(signal))
  const lacking = docker && dockerLacks(docker, buildx)
  if (docker && !lacking) return { kind: "docker", docker, buildx }
  const obstacle = embeddedObstacle()
  if (obstacle === undefined) return { kind: "embedded", ...(lacking && { lacking }) }
  return { kind: "none", ...(lacking && { lacking }), obstacle }
}

/**
 * The BuildKit that was asked for by BUILDKIT_HOST; else Docker's; else one that we start, after installing it. What a person
 * must do where there is none is on the machine, not in the project.
 */
export async function connect(options: ConnectOptions): Promise<Engine> {
  try {
    return await connectChosen(options)
  } catch (error) {
    // Other kinds of it have a status of their own.
    throw error instanceof Error && error.name === "UserError"
      ? new SetupError(error.message)
      : error
  }
}

async function connectChosen(options: ConnectOptions): Promise<Engine> {
  const { report, signal, onEmbedded, load = false } = options
  const choice = await chooseEngine(signal)
  if (choice.kind === "remote") {
    return connectRemote(choice.address, { report, signal, load })
  }
  if (choice.kind === "docker") {
    return buildxEngine({
      name: `Docker ${choice.docker} (buildx ${choice.buildx})`,
      canLoad: true,
      buildArgs: proxyBuildArgs(process.env),
      say: (line) => {
        report.say(line)
      },
      close: () => Promise.resolve(),
    })
  }

  if (load) throw nothingToLoadInto(choice.lacking)
  if (choice.kind === "embedded") {
    // It starts a program before it waits for anything; the rest is done while that one takes its time.
    const engine = connectEmbedded(report, signal)
    try {
      onEmbedded?.()
    } catch (error) {
      // Nobody is left to use it.
      await engine.then(
        (started) => started.close(),
        () => undefined,
      )
      throw error
    }
    return engine
  }
  throw new UserError(
    choice.lacking ??
      `No BuildKit to build with: start Docker or set BUILDKIT_HOST; go-image cannot start its own here, ${choice.obstacle}.`,
  )
}

function dockerLacks(docker: string, buildx: string | undefined): string | undefined {
  // The first one whose own BuildKit understands all that our Dockerfiles use, such as here-documents.
  if (Number.parseInt(docker) < 23) return `Docker ${docker} is too old: install 23 or newer.`
  if (tellsProgress(buildx)) return undefined
  return buildxLacks(buildx)
}
