import type { Engine } from "../../engine/engine.js"
import { DockerVolumes } from "../../run/volumes/docker-volumes.js"
import { installNetwork } from "../../run/network.js"
import { SharedNetwork } from "../../run/shared-network.js"
import { run } from "../../system/command.js"
import type { StoredLayers } from "../../image/unpack.js"
import { coloursFor } from "../../terminal/progress/colours.js"
import type { Terminal } from "../../terminal/terminal.js"
import { Lines, type StreamName } from "./lines.js"
import { Program } from "./program.js"
import {
  openService,
  serviceLines,
  startHere,
  startInDocker,
  type RunningService,
  type ServiceRequest,
} from "./services/services.js"

export interface SurroundingsOptions {
  services: readonly ServiceRequest[]
  /** Variables that were given for the program. */
  env: Record<string, string>
  terminal: Terminal
  signal: AbortSignal
}

/** The name of what Docker has for it. */
const ofThisRun = `go-image-dev-${process.pid}`

type OutputColour = "cyan" | "yellow" | "green"

/** What stays while programs come and go: their network, and the services in it. */
export class Surroundings {
  private readonly colours = coloursFor(process.stderr.isTTY, process.env)
  private readonly services: RunningService[] = []
  private readonly images = new Map<string, StoredLayers>()
  private network: SharedNetwork | undefined
  private dockerNetwork: string | undefined
  private readonly dockerVolumes = new DockerVolumes(ofThisRun)

  constructor(private readonly options: SurroundingsOptions) {}

  /** Before a build that takes minutes: an image that is not available is told first. */
  async openServices(engine: Engine): Promise<void> {
    if (engine.canLoad) return
    const { services, signal } = this.options
    const open = async (each: ServiceRequest) => {
      this.images.set(each.name, await openService(each, signal))
    }
    await Promise.all(services.map(open))
  }

  /** Gives a place for a program of that name. @param volumes A folder for what is in its volumes. */
  async prepare(engine: Engine, name: string, volumes: string): Promise<Program> {
    const { terminal, signal, services, env } = this.options
    if (!engine.canLoad) {
      await installNetwork(terminal, signal)
      this.network = await SharedNetwork.open(services.map((each) => each.name))
    } else if (services.length > 0) {
      await run(["docker", "network", "create", ofThisRun], { signal })
      this.dockerNetwork = ofThisRun
    }
    const started = await Promise.all(services.map((each, index) => this.start(each, index)))
    const told = started.map(({ environment }) => environment)
    return new Program({
      place: this.network
        ? { network: this.network, volumes }
        : { dockerNetwork: this.dockerNetwork, volumes: this.dockerVolumes },
      env: Object.assign({}, ...told, env) as Record<string, string>,
      onOutput: this.outputOf(name, "cyan"),
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((each) => each.stop(3_000).catch(() => undefined)))
    this.network?.close()
    await this.dockerVolumes.remove()
    if (this.dockerNetwork === undefined) return
    await run(["docker", "network", "rm", this.dockerNetwork]).catch(() => undefined)
  }

  private async start(service: ServiceRequest, index: number): Promise<RunningService> {
    const { terminal, signal } = this.options
    const { name } = service
    terminal.say(`starting the service ${name} (${service.image})`)
    const onOutput = this.outputOf(name, index % 2 === 0 ? "yellow" : "green")
    const image = this.images.get(name)
    const how = { signal, network: this.dockerNetwork, onOutput }
    const started = await (image ? startHere(service, image, how) : startInDocker(service, how))
    this.services.push(started)
    for (const line of serviceLines(started)) terminal.say(line)
    const tellEnd = (code: number) => {
      const line = `the service ${name} ended with exit code ${code}`
      if (!signal.aborted) terminal.say(this.colours.red(line))
    }
    started.exited.then(tellEnd, () => undefined)
    return started
  }

  private outputOf(name: string, colour: OutputColour) {
    const names = [name, ...this.options.services.map((each) => each.name)]
    const width = Math.max(...names.map(({ length }) => length))
    const prefix = `${this.colours[colour](`${name.padEnd(width)} |`)} `
    const lines = new Lines(prefix, (text, stream) => {
      this.options.terminal.aside(() => process[stream].write(text))
    })
    return (chunk: Buffer, stream: StreamName) => {
      lines.add(chunk, stream)
    }
  }
}
