import { request as httpRequest, type IncomingMessage } from "node:http"
import { request as httpsRequest } from "node:https"
import { Agents } from "./agents.js"
import { HttpResponse } from "./response.js"

/*
 * Node's own, since it is there: undici, and the `fetch` that is made of it, take a tenth of a second to load, and compile
 * WebAssembly.
 */

export interface HttpRequest {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE"
  headers?: Record<string, string>
  body?: Buffer
}

/** As `fetch` has it. */
const mostRedirections = 20

/** Through the proxies of the environment, following redirections; rejects where nobody answers. */
export class HttpClient {
  private readonly agents = new Agents()

  constructor(
    private readonly signal?: AbortSignal,
    /** Of what breaks a connection while a body is read. */
    private readonly explain: (error: unknown) => Error = (error) => error as Error,
  ) {}

  async send(address: string, request: HttpRequest = {}): Promise<HttpResponse> {
    let url = new URL(address)
    let { headers } = request
    for (let times = 0; ; times++) {
      const message = await this.attempt(url, { ...request, headers })
      const next = redirection(url, message, request)
      if (!next || times === mostRedirections) {
        return new HttpResponse(message, String(url), this.explain, this.signal)
      }
      message.resume()
      // Credentials are for whom they were given.
      if (next.origin !== url.origin) headers = without(headers, "authorization")
      url = next
    }
  }

  /** Once more where the connection had been kept too long, or where the machine trusts more than Node.js. */
  private async attempt(url: URL, request: HttpRequest): Promise<IncomingMessage> {
    for (;;) {
      try {
        return await this.once(url, request)
      } catch (error) {
        const { code = "", isReused } = error as NodeJS.ErrnoException & { isReused?: boolean }
        if (isReused && (code === "ECONNRESET" || code === "EPIPE")) continue
        if (isUntrusted(code) && this.agents.trustMachine(url)) continue
        throw error
      }
    }
  }

  private once(url: URL, { method = "GET", headers, body }: HttpRequest): Promise<IncomingMessage> {
    const { signal } = this
    const send = url.protocol === "https:" ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method,
        headers: { ...headers, ...(body && { "content-length": String(body.length) }) },
        agent: this.agents.of(url),
        signal,
      })
      request.once("response", resolve)
      request.once("error", (error) => {
        reject(Object.assign(error, { isReused: request.reusedSocket }))
      })
      request.end(body)
    })
  }
}

function isUntrusted(code: string): boolean {
  return /^(?:UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|CERT_UNTRUSTED)/.test(code)
}

function redirection(
  url: URL,
  { statusCode = 0, headers: { location } }: IncomingMessage,
  { method = "GET" }: HttpRequest,
): URL | undefined {
  const isRead = method === "GET" || method === "HEAD"
  const follows = isRead ? [301, 302, 303, 307, 308] : [307, 308]
  if (location === undefined || !follows.includes(statusCode)) return undefined
  const next = URL.canParse(location, String(url)) ? new URL(location, url) : undefined
  return next && /^https?:$/.test(next.protocol) ? next : undefined
}

function without(headers: Record<string, string> = {}, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name))
}
