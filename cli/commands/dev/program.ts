import { setTimeout as sleep } from "node:timers/promises"
import { isTcp, portNumber } from "../../../src/settings/ports.js"
import type { ImageConfig } from "../../../src/plan/types.js"
import { waitForListener, type Started } from "../../run/answer.js"
import type { BuiltImage } from "../../run/built-image.js"
import { runImage } from "../../run/container.js"
import { runWithDocker } from "../../run/docker.js"
import type { DockerVolumes } from "../../run/volumes/docker-volumes.js"
import { NotHttp, waitForHttp } from "../../run/http.js"
import type { SharedNetwork } from "../../run/shared-network.js"
import { volumePaths } from "../../run/volumes/volumes.js"
import { printable } from "../../terminal/progress/printable.js"
import { LastOutput } from "../run/next-step.js"
import type { StreamName } from "./lines.js"

/** Where programs run: in a network of ours, or in one of Docker's. */
export type Place =
  /** `volumes` is a folder for what is in the volumes. */
  | { network: SharedNetwork; volumes: string }
  | { dockerNetwork: string | undefined; volumes: DockerVolumes }

export interface ProgramOptions {
  place: Place
  env: Record<string, string>
  onOutput: (chunk: Buffer, stream: StreamName) => void
}

interface Running extends Started {
  stop: (graceMilliseconds?: number) => Promise<number>
}

/** For so long a program may finish what it does, when another one is to take its place. */
const grace = 3_000

/** The program that runs now; one after another. */
export class Program {
  private running: Running | undefined
  private hasVolumes = false
  private ports: number[] = []
  private last = new LastOutput()

  constructor(private readonly options: ProgramOptions) {}

  /** The end of what the program has printed that was started last. */
  get lastOutput(): string {
    return this.last.text
  }

  /** Ends the one that runs and starts another one: its image is prepared while the first one ends. */
  async replace({ image }: BuiltImage, config: Pick<ImageConfig, "ports">): Promise<Running> {
    const { place, env } = this.options
    this.ports = config.ports.filter(isTcp).map(portNumber)
    const { signal } = new AbortController()
    const last = (this.last = new LastOutput())
    const onOutput = (chunk: Buffer, stream: StreamName) => {
      last.add(chunk)
      this.options.onOutput(chunk, stream)
    }
    const isGone = this.end()
    if (typeof image === "string") {
      await isGone
      const { network, volumes } = await inDocker(place, image)
      this.running = await runWithDocker(image, {
        ...{ ports: this.ports, signal, env, onOutput },
        ...{ network, volumes },
      })
    } else {
      const { network, volumes } = "network" in place ? place : {}
      network?.tellInstead(undefined)
      this.hasVolumes = volumePaths(image.config.config ?? {}).length > 0
      const running = await runImage({ image, env, onOutput, network, volumes, before: isGone })
      this.running = running
      const tell = (code: number) => {
        if (this.running === running) network?.tellInstead(endedText(code, last.text))
      }
      running.exited.then(tell, () => undefined)
    }
    return this.running
  }

  /** Resolves when the program has ended, or at least listens to nobody any more. */
  private async end(): Promise<void> {
    const { running } = this
    this.running = undefined
    if (!running) return
    const stopped = running.stop(grace)
    const { place } = this.options
    const isSilent = async () => {
      // What has files open that the next one opens, too, may have locked them.
      if (!("network" in place) || this.hasVolumes) return stopped
      while (place.network.listeners().length > 0) await sleep(5)
      return undefined
    }
    await Promise.race([stopped, isSilent()])
  }

  /** @param graceMilliseconds Until it is killed. */
  async stop(graceMilliseconds = grace): Promise<void> {
    await this.running?.stop(graceMilliseconds).catch(() => undefined)
    this.running = undefined
  }
}

/** The network and the volumes of Docker's that an image runs with. */
async function inDocker(place: Place, image: string) {
  if (!("dockerNetwork" in place)) return {}
  const { dockerNetwork: name, volumes } = place
  const network = name === undefined ? undefined : { name }
  return { network, volumes: await volumes.of(image) }
}

/** So many lines of its output say why, mostly. */
const toldLines = 20

/** Whoever looks at the program's address is not at the terminal. */
function endedText(code: number, output: string): string {
  const lines = printable(output).trimEnd().split("\n").slice(-toldLines)
  return [
    `The program ended with exit code ${code}.`,
    ...(lines.join("") === "" ? [] : ["It printed:", "", ...lines.map((line) => `  ${line}`), ""]),
    "It starts again after the next change.\n",
  ].join("\n")
}

/** How a program took its first request; `taken` is its port where that is in use on this machine. The URL is what was asked. */
export type FirstAnswer =
  { url: string; status: string; taken?: number } | { url: string; taken?: number } | "ended"

/** Waits until it listens, and asks it. */
export async function askProgram(
  running: Running,
  config: Pick<ImageConfig, "ports" | "healthCheck">,
): Promise<FirstAnswer> {
  const ports = config.ports.filter(isTcp).map(portNumber)
  const listening = await waitForListener(running, ports)
  if (!listening) return "ended"
  const { listener } = listening
  const isAny = listener === undefined || /^(?:0\.0\.0\.0|::|127\.0\.0\.1)$/.test(listener.address)
  const published = await running.publish(listening.port, isAny ? undefined : listener.address)
  const port = published ?? listening.port
  const taken = port === listening.port ? undefined : listening.port
  const base = `http://127.0.0.1:${port}`
  const [, path = "/"] = config.healthCheck ?? []
  try {
    const answer = await waitForHttp(base + path, running, { forHttp: 2_000, redirects: 0 })
    await answer.body?.cancel()
    return { url: base + path, status: `${answer.status} ${answer.statusText}`.trim(), taken }
  } catch (error) {
    if (error instanceof NotHttp) return { url: `127.0.0.1:${port}`, taken }
    throw error
  }
}
