import type { Reference } from "../../../src/reference.js"
import { TemporaryFailure } from "../../errors.js"
import { HttpClient, type HttpRequest } from "../../http/client.js"
import { networkReason } from "../../http/network-reason.js"
import type { HttpResponse } from "../../http/response.js"
import { registryAddress } from "./registry-address.js"
import { findCredentials, type Credentials } from "./docker-credentials.js"
import { registryRefusal, type Access } from "./registry-error.js"

export interface SendOptions {
  headers?: Record<string, string>
  body?: Buffer
}

/**
 * Reads from the repository of an image, and writes to it: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * Credentials are those of `docker login`, and proxies those of the environment.
 */
export class RegistryClient {
  /** Asked for once, by however many requests. */
  private authorization: Promise<string> | undefined
  private address: Promise<string> | undefined
  private readonly http: HttpClient

  constructor(
    private readonly reference: Reference,
    private readonly access: Access = "pull",
    private readonly signal?: AbortSignal,
    /** Instead of those of `docker login`. */
    private readonly credentials?: Credentials,
  ) {
    this.http = new HttpClient(signal, (error) => this.unreached(error))
  }

  /** @param path Below the repository: `manifests/v1`. */
  async get(path: string, accept: readonly string[] = []): Promise<HttpResponse> {
    const response = await this.send("GET", path, { headers: { accept: accept.join(", ") } })
    if (!response.ok) throw this.refusal(response)
    return response
  }

  /**
   * Whatever the answer is, it is for the caller to judge, and to discard.
   *
   * @param path Below the repository, or where the registry itself has sent us.
   */
  async send(
    method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE",
    path: string,
    { headers = {}, body }: SendOptions = {},
  ): Promise<HttpResponse> {
    const address = await (this.address ??= this.findAddress())
    const url = new URL(path, `${address}/v2/${this.reference.repository}/`)
    // Credentials are for the registry alone.
    const isOwn = url.host === new URL(address).host
    const ask = async (authorization: string | undefined) =>
      this.request(String(url), {
        method,
        headers: { ...headers, ...(isOwn && authorization !== undefined && { authorization }) },
        body,
      })
    const used = await this.authorization
    const response = await ask(used)
    if (response.status !== 401 || !isOwn) return response
    response.discard()
    // A token is for some minutes: where it has expired, another one is asked for, once.
    if (used === (await this.authorization)) this.authorization = undefined
    this.authorization ??= this.logIn(response.header("www-authenticate") ?? "")
    return ask(await this.authorization)
  }

  /**
   * Of a private network, a registry may speak plain HTTP, as cosign and ko have it. One whose certificate is not trusted
   * is refused: a password would be read by whoever is in between.
   */
  private async findAddress(): Promise<string> {
    const { host, scheme, mayBePlain } = registryAddress(this.reference.registry)
    const address = `${scheme}://${host}`
    if (!mayBePlain) return address
    try {
      const response = await this.http.send(`${address}/v2/`)
      response.discard()
    } catch (error) {
      if (isNoTls(error)) return `http://${host}`
    }
    return address
  }

  private async request(url: string, request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.http.send(url, request)
    } catch (error) {
      this.signal?.throwIfAborted()
      throw this.unreached(error)
    }
  }

  private unreached(error: unknown): Error {
    return new TemporaryFailure(
      `the registry ${this.reference.registry} is not reachable: ${networkReason(error)}`,
    )
  }

  /** https://distribution.github.io/distribution/spec/auth/token/ */
  private async logIn(challenge: string): Promise<string> {
    const { registry, repository } = this.reference
    const credentials = this.credentials ?? (await findCredentials(registry))
    if (/^basic\b/i.test(challenge)) return credentials ? basic(credentials) : ""
    const { realm, service } = parseChallenge(challenge)
    if (realm === undefined || !URL.canParse(realm)) return ""
    const url = new URL(realm)
    if (service !== undefined) url.searchParams.set("service", service)
    url.searchParams.set("scope", `repository:${repository}:${this.access}`)
    const headers: Record<string, string> = credentials ? { authorization: basic(credentials) } : {}
    const response = await this.request(String(url), { headers })
    if (!response.ok) throw this.refusal(response)
    const { token, access_token } = await response.json<Record<string, string | undefined>>()
    return `Bearer ${token ?? access_token ?? ""}`
  }

  /** What to throw where an answer is none that was hoped for. */
  refusal(response: HttpResponse): Error {
    response.discard()
    return registryRefusal(this.reference, response, this.access)
  }
}

/** What answers speaks no TLS, or nothing listens where HTTPS would be. */
function isNoTls(error: unknown): boolean {
  const { code = "" } = error as NodeJS.ErrnoException
  return /^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)|EPROTO|ECONNREFUSED)$/.test(
    code,
  )
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`
}

/** `Bearer realm="https://auth.example.com/token",service="registry.example.com"` */
function parseChallenge(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value]) => [
      name.toLowerCase(),
      value,
    ]),
  )
}
