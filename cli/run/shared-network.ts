import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import type { Readable } from "node:stream"
import { SetupError } from "../errors.js"
import { environment, hasEnded } from "../system/command.js"
import { answerInstead, forward, startConnector, type Connector, type Forward } from "./forward.js"
import { listenersOf, type Listener } from "./listeners.js"
import { addresses, slirp } from "./network.js"

/** As in a network of a container's own: port 80 is open to all users. */
const openPorts = [
  ...["sh", "-c", 'echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start; exec "$@"', "go-image"],
]

/** For so long a connection waits for a program that is being replaced. */
const startTimeout = 10_000

/** A network that stays while programs come and go in it: what leads to their ports stays, too. */
export class SharedNetwork {
  private readonly forwards = new Map<string, Promise<Forward>>()

  private constructor(
    /** It is in the network, and holds it. */
    private readonly connector: Connector,
    private readonly gateway: ChildProcess,
    /** Further names of this machine there, such as those of services that it publishes. */
    readonly names: readonly string[],
  ) {}

  static async open(names: readonly string[] = []): Promise<SharedNetwork> {
    const untilWeDie = ["setpriv", "--pdeathsig", "KILL"]
    const connector = startConnector([...untilWeDie, "unshare", "--net", ...openPorts])
    const ready = await Promise.race([once(connector, "message"), once(connector, "exit")])
    if (ready[0] !== "ready") throw new SetupError("a network namespace cannot be made here")
    const [command = "", ...args] = [
      ...[...untilWeDie, slirp, "--configure", "--mtu=65520", "--ready-fd=3"],
      ...[String(connector.pid), "tap0"],
    ]
    const gateway = spawn(command, args, {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "pipe"],
      env: environment(),
    })
    const network = new SharedNetwork(connector, gateway, names)
    const told = once(gateway.stdio[3] as Readable, "data")
    const ended = Promise.race([once(gateway, "exit"), once(gateway, "error")])
    const answer = await Promise.race([told, ended]).catch(() => [undefined])
    if (!Buffer.isBuffer(answer[0])) {
      network.close()
      throw new SetupError(`${slirp} cannot be started: a program without Docker needs it`, {
        hint: `Install it, and try again: apt-get install ${slirp}`,
      })
    }
    gateway.unref()
    ;(gateway.stdio[3] as unknown as { unref: () => void }).unref()
    return network
  }

  /** Put before a command that is to be in it. */
  get enter(): string[] {
    return ["nsenter", `--net=/proc/${this.connector.pid}/ns/net`]
  }

  /** Lines of /etc/hosts. */
  get hosts(): string[] {
    return this.names.map((name) => `${addresses.host} ${name}`)
  }

  listeners(): Listener[] {
    return listenersOf(this.connector.pid ?? 0)
  }

  /** Each port is published once, for whichever program has it. */
  async publish(port: number, host = "127.0.0.1"): Promise<number> {
    const key = `${host} ${port}`
    const made =
      this.forwards.get(key) ?? forward({ host, port, timeout: startTimeout }, this.connector)
    this.forwards.set(key, made)
    return (await made).port
  }

  /** What those are told who connect after the program has ended by itself; undefined: they wait for the next one. */
  tellInstead(text: string | undefined): void {
    answerInstead(this.connector, text)
  }

  close(): void {
    for (const each of this.forwards.values())
      void each.then(({ close }) => {
        close()
      })
    if (!hasEnded(this.connector)) this.connector.kill("SIGKILL")
    if (!hasEnded(this.gateway)) this.gateway.kill("SIGKILL")
  }
}
