import { once } from "node:events"
import { request as httpRequest, type IncomingMessage } from "node:http"
import { request as httpsRequest } from "node:https"
import type { Socket } from "node:net"

/**
 * A connection through an HTTP proxy.
 *
 * @param address With its port.
 */
export async function tunnel(proxy: URL, address: string, signal?: AbortSignal): Promise<Socket> {
  const send = proxy.protocol === "https:" ? httpsRequest : httpRequest
  const credentials = proxy.username && `${proxy.username}:${proxy.password}`
  const request = send(proxy, {
    method: "CONNECT",
    path: address,
    headers: {
      host: address,
      ...(credentials && {
        "Proxy-Authorization": `Basic ${btoa(decodeURIComponent(credentials))}`,
      }),
    },
    signal,
    agent: false,
  })
  const connected = once(request, "connect")
  request.end()
  const [{ statusCode = 0 }, socket] = (await connected) as [IncomingMessage, Socket]
  if (statusCode !== 200) {
    socket.destroy()
    throw new Error(`the proxy answered ${statusCode}`)
  }
  return socket
}
