import { once } from "node:events"
import { request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http"
import { request as httpsRequest } from "node:https"
import { connect, type Socket } from "node:net"
import { connect as tlsConnect } from "node:tls"
import { httpsProxy } from "../http/proxy.js"
import { tunnel } from "../http/tunnel.js"
import type { Reference } from "../../src/reference.js"
import { registryAddress } from "../image/registry/registry-address.js"

/**
 * Whether a registry answers there, e.g. at `docker.io` or `localhost:5000`. Not whether it has an image or lets us in:
 * to that, the engine's answer is what a person needs to see.
 */
export async function registryAnswers(
  registry: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const limit = AbortSignal.timeout(milliseconds)
  try {
    const answer = await probe(registry, signal ? AbortSignal.any([limit, signal]) : limit)
    return isRegistry(answer, registry)
  } catch {
    signal?.throwIfAborted()
    return false
  }
}

/**
 * Whether a registry takes the connection for a question of what it has, and then says nothing. One that no connection leads to is
 * none: the engine may be elsewhere, and gives up by itself.
 */
export async function registryIsSilent(
  { registry, repository, tag }: Reference,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const limit = AbortSignal.timeout(milliseconds)
  let isConnected = false
  const path = `/v2/${repository}/manifests/${tag ?? "latest"}`
  try {
    await probe(registry, AbortSignal.any([limit, signal]), path, () => (isConnected = true))
    return false
  } catch {
    signal.throwIfAborted()
    return limit.aborted && isConnected
  }
}

/** By the specification it is 200 or 401; filtering proxies like to answer 403 for whatever they block. */
function isRegistry({ statusCode = 0, headers }: IncomingMessage, registry: string): boolean {
  // One that is down. What Docker Hub has may be made here instead, and whose answer it is cannot be known.
  if (statusCode >= 500 && registry !== "docker.io") return true
  if (statusCode < 400 || statusCode === 401 || statusCode === 429) return true
  return "docker-distribution-api-version" in headers || "www-authenticate" in headers
}

/**
 * Nothing is told to who answers, and whom to trust is for the engine to say. To read all the authorities that Node.js
 * trusts would take longer than the question.
 */
const anyCertificate = { rejectUnauthorized: false, ca: [] }

async function probe(
  registry: string,
  signal: AbortSignal,
  path = "/v2/",
  onConnect?: () => void,
): Promise<IncomingMessage> {
  const { host, scheme } = registryAddress(registry)
  if (scheme === "http") {
    const request = httpRequest(`http://${host}${path}`, { signal, agent: false })
    request.once("socket", (socket) => socket.once("connect", () => onConnect?.()))
    return response(request)
  }
  const socket = await connectTo(host, signal)
  onConnect?.()
  const [servername] = host.split(":")
  return response(
    httpsRequest(`https://${host}${path}`, {
      signal,
      // Without one, the Host header would have a port.
      defaultPort: 443,
      // Only where there is no agent; `agent: false` makes one, who would connect by itself.
      createConnection: () => tlsConnect({ socket, servername, ...anyCertificate }),
    }),
  )
}

async function connectTo(host: string, signal: AbortSignal): Promise<Socket> {
  const proxy = httpsProxy(host, process.env)
  if (proxy) return tunnel(proxy, host.includes(":") ? host : `${host}:443`, signal)
  const { hostname, port } = new URL(`https://${host}`)
  const socket = connect({ host: hostname, port: Number(port || 443), signal })
  await once(socket, "connect")
  return socket
}

async function response(request: ClientRequest): Promise<IncomingMessage> {
  const answered = once(request, "response")
  request.end()
  const [message] = (await answered) as [IncomingMessage]
  // Nobody wants the body.
  message.destroy()
  return message
}
