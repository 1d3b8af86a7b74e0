import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

import { UserError } from "../../src/errors.js"
import { environment, hasEnded, onPath } from "../system/command.js"
import type { StoredLayers } from "../image/unpack.js"
import { Bundle } from "./bundle.js"
import { connectorOf, forward, type Connector, type Forward } from "./forward.js"
import { listenersOf, type Listener } from "./listeners.js"
import { leadsOut, prepareNetwork } from "./network.js"
import { makeRootfs, type Rootfs } from "./rootfs.js"
import type { SharedNetwork } from "./shared-network.js"
import { runtimeSpec, type SpecOptions } from "./spec.js"
import { resolveUser } from "./user.js"
import { fillVolumes, volumesIn } from "./volumes/volumes.js"

export interface RunOptions extends Pick<SpecOptions, "entrypoint" | "args" | "env" | "readOnly"> {
  image: StoredLayers
  /** Instead of the image's user, in the same notation. */
  user?: string
  onOutput?: (chunk: Buffer, stream: "stdout" | "stderr") => void
  /** Aborting stops the container. */
  signal?: AbortSignal
  /** That it is in, instead of one of its own. */
  network?: SharedNetwork
  /** A folder for what is in the volumes that the image declares, where that outlives the container. */
  volumes?: string
  /** Waited for before the program is started, when all is prepared. */
  before?: Promise<unknown>
}

export interface RunningContainer {
  readonly id: string
  /**
   * The program's exit code, 128 and the signal's number where one ended it. By then all output was delivered and
   * nothing of the container is left. Rejects where the runtime could not run it.
   */
  readonly exited: Promise<number>
  /** It can reach other machines. */
  readonly leadsOut: boolean
  /** What the program listens on at this moment. */
  listeners(): Listener[]
  /** Makes a port of the program one of this machine's loopback address until it ends: the same where that is free. */
  publish(port: number, address?: string): Promise<number>
  /** Asks the program to end (SIGTERM, or the image's own signal), and ends it when it has not after the grace period (SIGKILL). */
  stop(graceMilliseconds?: number): Promise<number>
}

/** Runs an image with runc, in a network and a root filesystem of its own that go away with it. */
export async function runImage(options: RunOptions): Promise<RunningContainer> {
  const { image, onOutput, signal, network: shared } = options
  const config = image.config.config ?? {}
  checkRequirements()
  signal?.throwIfAborted()
  const bundle = new Bundle()
  let runtime: ChildProcess
  try {
    const rootfs = await makeRootfs(image, bundle)
    const user = findUser(options, rootfs)
    const network = prepareNetwork(bundle, shared)
    const volumes = options.volumes === undefined ? [] : volumesIn(options.volumes, config)
    const about = { config, user, network, hostname: bundle.id, volumes }
    const spec = runtimeSpec({ ...options, ...about })
    writeFileSync(bundle.path("config.json"), JSON.stringify(spec))
    signal?.throwIfAborted()
    await options.before
    signal?.throwIfAborted()
    const prepare = [...rootfs.command, ...fillVolumes(bundle, volumes)]
    runtime = startRuntime(bundle, [...(shared?.enter ?? [])], prepare)
  } catch (error) {
    bundle.remove()
    throw error
  }
  runtime.stdout?.on("data", (chunk: Buffer) => onOutput?.(chunk, "stdout"))
  runtime.stderr?.on("data", (chunk: Buffer) => onOutput?.(chunk, "stderr"))

  const exited = waitForExit(runtime, bundle)
  const stop = async (graceMilliseconds = 10_000) => {
    signalProgram(runtime, (config.StopSignal || "SIGTERM") as NodeJS.Signals)
    const timer = setTimeout(() => signalProgram(runtime, "SIGKILL"), graceMilliseconds)
    return exited.finally(() => clearTimeout(timer))
  }
  const stopOnAbort = () => void stop().catch(() => undefined)
  signal?.addEventListener("abort", stopOnAbort)
  const cleanUp = () => signal?.removeEventListener("abort", stopOnAbort)
  exited.then(cleanUp, cleanUp)

  // runc writes this file when the program has been started.
  while (!existsSync(bundle.path("pid")) && !hasEnded(runtime)) await sleep(5)
  if (hasEnded(runtime)) await exited
  let connector: Connector | undefined
  const forwards: Forward[] = []
  exited.then(closeAll, closeAll)
  function closeAll() {
    for (const each of forwards) each.close()
    connector?.kill("SIGKILL")
  }
  return {
    id: bundle.id,
    leadsOut: shared !== undefined || leadsOut(bundle),
    exited,
    stop,
    listeners: () => listenersOf(findProgram(runtime) ?? 0),
    publish: async (port, host = "127.0.0.1") => {
      const pid = findProgram(runtime)
      if (pid === undefined) throw new UserError("the program has ended")
      if (shared) return shared.publish(port, host)
      connector ??= connectorOf(pid)
      const made = await forward({ host, port }, connector)
      forwards.push(made)
      return made.port
    },
  }
}

function checkRequirements(): void {
  if (process.getuid?.() !== 0) {
    throw new UserError("running an image without Docker needs root", {
      hint: "The archive can be loaded elsewhere: docker load --input FILE",
    })
  }
  if (!onPath("runc")) {
    throw new UserError("running an image without Docker needs runc", {
      hint: "Install it, and try again: apt-get install runc",
    })
  }
}

function findUser({ image, user = image.config.config?.User ?? "" }: RunOptions, rootfs: Rootfs) {
  return resolveUser(user, rootfs.read("/etc/passwd"), rootfs.read("/etc/group"))
}

/**
 * runc stays in the foreground as the first process of a PID namespace that ends with this process: when it dies, even
 * by SIGKILL, the kernel ends `unshare`, with it runc, and with that everything in the namespace.
 */
function startRuntime(bundle: Bundle, enter: string[], prepare: string[]): ChildProcess {
  const untilParentDies = ["setpriv", "--pdeathsig", "KILL"]
  const inNamespace = ["unshare", "--pid", "--fork", "--kill-child=SIGKILL", "--mount-proc"]
  const log = ["--log", bundle.path("log"), "--log-format", "json"]
  const runc = ["runc", "--root", bundle.path("state"), ...log]
  const run = ["run", "--bundle", bundle.folder, "--pid-file", bundle.path("pid"), bundle.id]
  const [command = "", ...args] = [
    ...untilParentDies,
    ...enter,
    ...inNamespace,
    ...prepare,
    ...runc,
    ...run,
  ]
  // A process group of its own: Ctrl-C on the terminal is for us, and we pass on what is to be done.
  return spawn(command, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(),
  })
}

async function waitForExit(runtime: ChildProcess, bundle: Bundle): Promise<number> {
  try {
    const [code] = (await once(runtime, "close")) as [number | null]
    const problem = findProblem(bundle.path("log"))
    if (problem) throw new UserError(`the image cannot be run: ${problem}`)
    return code ?? 137
  } finally {
    bundle.remove()
  }
}

/** runc's log has one JSON object a line. */
function findProblem(log: string): string | undefined {
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []
  return lines
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { level: string; msg: string })
    .find(({ level }) => level === "error")?.msg
}

function signalProgram(runtime: ChildProcess, signal: NodeJS.Signals): void {
  const program = findProgram(runtime)
  if (program === undefined) return
  try {
    process.kill(program, signal)
  } catch (error) {
    // It ended in this very moment, which is what was asked for.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

/**
 * Its process ID on this machine. It is a child of runc, which is the child of `unshare`; among runc's children it is the
 * first process of a namespace.
 */
function findProgram(runtime: ChildProcess): number | undefined {
  if (hasEnded(runtime)) return undefined
  return children(runtime.pid)
    .flatMap(children)
    .find((pid) => /^NSpid:.*\t1$/m.test(readProcess(pid, "status")))
}

/** Each thread has a list of the processes that it started itself. */
function children(pid: number | undefined): number[] {
  const threads = `/proc/${pid}/task`
  if (!existsSync(threads)) return []
  const lists = readdirSync(threads).map((id) => readProcess(`${pid}/task/${id}`, "children"))
  return lists.join("").split(" ").filter(Boolean).map(Number)
}

/** Empty where it has just ended. */
function readProcess(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8")
  } catch {
    return ""
  }
}
