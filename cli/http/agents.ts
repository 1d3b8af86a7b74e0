import { readFileSync } from "node:fs"
import { Agent } from "node:http"
import { Agent as TlsAgent } from "node:https"
import type { NetConnectOpts } from "node:net"
import type { Duplex } from "node:stream"
import { rootCertificates } from "node:tls"
import { hostCertificates } from "./certificates.js"
import { proxyOf } from "./proxy.js"
import { tunnel } from "./tunnel.js"

type Connected = (error: Error | null, socket?: Duplex) => void

/** What connects to a host, and keeps the connection for what is asked there next. */
export class Agents {
  private readonly agents = new Map<string, Agent>()
  private readonly patient = new Set<string>()

  of(url: URL): Agent {
    const { origin } = url
    const known = this.agents.get(origin)
    if (known) return known
    const proxy = proxyOf(url, process.env)
    const trust = this.patient.has(origin) ? { ca: machineAuthorities() } : {}
    const options = { keepAlive: true, ...trust }
    const direct = url.protocol === "https:" ? new TlsAgent(options) : new Agent(options)
    const agent = proxy ? throughProxy(direct, proxy) : direct
    this.agents.set(origin, agent)
    return agent
  }

  /**
   * Node.js trusts a list of its own. To read what this machine trusts takes longer than most requests: that is done for a
   * host that needs it.
   *
   * @returns Whether there is more to trust than before.
   */
  trustMachine({ origin }: URL): boolean {
    if (this.patient.has(origin)) return false
    this.patient.add(origin)
    this.agents.delete(origin)
    return true
  }
}

function throughProxy(agent: Agent, proxy: URL): Agent {
  const secure = agent instanceof TlsAgent ? agent.createConnection.bind(agent) : undefined
  agent.createConnection = (options, callback) => {
    const done = callback as Connected
    tunnel(proxy, addressOf(options as NetConnectOpts)).then((socket) => {
      done(null, secure ? (secure({ ...options, socket } as object) ?? undefined) : socket)
    }, done)
    return undefined
  }
  return agent
}

function addressOf(options: NetConnectOpts): string {
  const { host, port } = options as { host?: string; port: number | string }
  return `${host?.includes(":") ? `[${host}]` : host}:${port}`
}

/** As BuildKit has it on this machine, and what NODE_EXTRA_CA_CERTS names. */
function machineAuthorities(): string[] {
  const { NODE_EXTRA_CA_CERTS: extra } = process.env
  return [...rootCertificates, hostCertificates(), ...(extra ? [readIfThere(extra)] : [])].filter(
    Boolean,
  )
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}
