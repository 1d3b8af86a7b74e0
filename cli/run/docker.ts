import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { SetupError } from "../errors.js"
import { CommandFailed, run } from "../system/command.js"
import type { RunningContainer } from "./container.js"
import { connectorOf, forward, startConnector, type Connector, type Forward } from "./forward.js"
import { isPortFree } from "./http.js"
import { listenersOf } from "./listeners.js"

/** What is known of a container in Docker; what its engine does not say is undefined. */
export type DockerContainer = Omit<RunningContainer, "listeners" | "publish"> & {
  /** Undefined where the engine is on another machine, or in a virtual one, as in Docker Desktop. */
  listeners: () => ReturnType<RunningContainer["listeners"]> | undefined
  publish: (port: number, address?: string) => Promise<number | undefined>
}

export interface DockerOptions {
  ports: readonly number[]
  signal: AbortSignal
  env?: Readonly<Record<string, string>>
  /** A network of Docker's, and the container's name there. */
  network?: { name: string; alias?: string }
  /** `NAME:PATH` of volumes that stay. */
  volumes?: readonly string[]
  /** By default, it goes to ours. */
  onOutput?: (chunk: Buffer, stream: "stdout" | "stderr") => void
}

/** Runs an image of the Docker engine's store. Its ports are published: on the same of this machine where they are free. */
export async function runWithDocker(
  image: string,
  { ports, signal, env = {}, network, volumes = [], onOutput }: DockerOptions,
): Promise<DockerContainer> {
  const name = `go-image-run-${process.pid}-${Date.now().toString(36)}`
  const published = await Promise.all(
    ports.map(async (port) => `127.0.0.1:${(await isPortFree(port)) ? port : ""}:${port}`),
  )
  const flags = [
    ...published.flatMap((each) => ["--publish", each]),
    // By their names alone, so that no value is in the list of processes.
    ...Object.keys(env).flatMap((each) => ["--env", each]),
    ...(network ? ["--network", network.name] : []),
    ...volumes.flatMap((each) => ["--volume", each]),
    ...(network?.alias ? ["--network-alias", network.alias] : []),
  ]
  const output = onOutput ? "pipe" : "inherit"
  const child = spawn("docker", ["run", "--rm", "--name", name, ...flags, image], {
    stdio: ["ignore", output, output],
    env: { ...process.env, ...env },
    // A process group of its own: Ctrl-C on the terminal is for us, and we stop the container.
    detached: true,
  })
  child.stdout?.on("data", (chunk: Buffer) => onOutput?.(chunk, "stdout"))
  let errors = ""
  child.stderr?.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4_000)
    onOutput?.(chunk, "stderr")
  })
  const exited = once(child, "close").then(([code]) => (code as number | null) ?? 137)
  const stop = async () => {
    await ask(["docker", "stop", name])
    return exited
  }
  signal.addEventListener("abort", () => void stop())
  const found = await findPlace(name, exited)
  if (!found && (await exited) === ofDockerItself) throw notStarted(errors)
  const place = found ?? {}
  let connector: Connector | undefined
  const forwards: Forward[] = []
  const closeAll = () => {
    for (const each of forwards) each.close()
    connector?.kill("SIGKILL")
  }
  exited.then(closeAll, closeAll)
  return {
    id: name,
    leadsOut: true,
    exited,
    stop,
    listeners: () => (place.pid === undefined ? undefined : listenersOf(place.pid)),
    publish: async (port, host = "127.0.0.1") => {
      const known = parsePublished(await ask(["docker", "port", name, `${port}/tcp`]))
      if (known !== undefined) return known
      // In a namespace of another user's only root can make connections; on this machine, its address will do.
      const made =
        place.pid !== undefined && process.getuid?.() === 0
          ? await forward({ host, port }, (connector ??= connectorOf(place.pid)))
          : place.pid !== undefined && place.address
            ? await forward({ host: place.address, port }, (connector ??= startConnector()))
            : undefined
      if (made) forwards.push(made)
      return made?.port
    },
  }
}

/** https://docs.docker.com/engine/containers/run/#exit-status */
const ofDockerItself = 125

function notStarted(errors: string): SetupError {
  const [, reason = ""] = /^docker: (.*)$/m.exec(errors) ?? []
  return new SetupError(
    `Docker could not start the image${reason && `: ${reason.replace(/^Error response from daemon: /, "")}`}`,
    { hint: "Nothing is wrong with the program: it has not run. Docker's own log says more." },
  )
}

interface Place {
  /** Its first process, where it is one of this machine's. */
  pid?: number
  address?: string
}

/** Once it runs; undefined of a container that has ended before. */
async function findPlace(name: string, exited: Promise<unknown>): Promise<Place | undefined> {
  let hasEnded = false
  const end = () => (hasEnded = true)
  exited.then(end, end)
  const format = "{{.State.Pid}} {{.Id}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}"
  while (!hasEnded) {
    const answer = await ask(["docker", "inspect", "--format", format, name])
    const [pid = "0", id = "", address] = answer?.trim().split(" ") ?? []
    if (Number(pid) > 0) return { pid: isProcessOf(pid, id) ? Number(pid) : undefined, address }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return undefined
}

/** An engine elsewhere has process IDs of its own. */
function isProcessOf(pid: string, container: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(container)
  } catch {
    return false
  }
}

/** `127.0.0.1:49153`, a line for each address. */
function parsePublished(answer: string | undefined): number | undefined {
  const [, port] = /:(\d+)\s*$/m.exec(answer ?? "") ?? []
  return port === undefined ? undefined : Number(port)
}

async function ask(command: string[]): Promise<string | undefined> {
  try {
    return await run(command)
  } catch (error) {
    if (error instanceof CommandFailed) return undefined
    throw error
  }
}
