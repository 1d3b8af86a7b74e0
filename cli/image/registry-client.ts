import { EnvHttpProxyAgent, fetch, type RequestInit, type Response } from "undici"
import { UserError } from "../../src/errors.js"
import type { Reference } from "../../src/reference.js"
import { TemporaryFailure } from "../errors.js"
import { registryAddress } from "../registry-address.js"
import { findCredentials, type Credentials } from "./docker-credentials.js"

/** What is to be done there: the rights that a token is asked for. */
export type Access = "pull" | "pull,push"

export interface SendOptions {
  headers?: Record<string, string>
  body?: Buffer
}

/**
 * Reads from the repository of an image, and writes to it: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * Credentials are those of `docker login`, and proxies those of the environment.
 */
export class RegistryClient {
  private authorization: string | undefined
  private readonly dispatcher = new EnvHttpProxyAgent()

  constructor(
    private readonly reference: Reference,
    private readonly access: Access = "pull",
    private readonly signal?: AbortSignal,
  ) {}

  /** @param path Below the repository: `manifests/v1`. */
  async get(path: string, accept: readonly string[] = []): Promise<Response> {
    const response = await this.send("GET", path, { headers: { accept: accept.join(", ") } })
    if (!response.ok) throw await this.refusal(response)
    return response
  }

  /**
   * Whatever the answer is, it is for the caller to judge, and to discard.
   *
   * @param path Below the repository, or where the registry itself has sent us.
   */
  async send(
    method: "GET" | "HEAD" | "POST" | "PUT",
    path: string,
    { headers = {}, body }: SendOptions = {},
  ): Promise<Response> {
    const url = new URL(path, `${this.address}/v2/${this.reference.repository}/`)
    // Credentials are for the registry alone.
    const own = () => (url.host === new URL(this.address).host ? this.headers : {})
    const ask = () => this.request(String(url), { method, headers: { ...headers, ...own() }, body })
    let response = await ask()
    if (response.status === 401 && this.authorization === undefined) {
      await discard(response)
      this.authorization = await this.logIn(response.headers.get("www-authenticate") ?? "")
      response = await ask()
    }
    return response
  }

  private get headers(): Record<string, string> {
    return this.authorization === undefined ? {} : { authorization: this.authorization }
  }

  private get address(): string {
    const { host, scheme } = registryAddress(this.reference.registry)
    return `${scheme}://${host}`
  }

  private async request(url: string, request: RequestInit): Promise<Response> {
    const { signal } = this
    try {
      return await fetch(url, { ...request, signal, dispatcher: this.dispatcher })
    } catch (error) {
      signal?.throwIfAborted()
      const { cause, message } = error as Error
      const reason = cause instanceof Error ? cause.message || cause.name : message
      throw new TemporaryFailure(
        `the registry ${this.reference.registry} was not reached: ${reason}`,
      )
    }
  }

  /** https://distribution.github.io/distribution/spec/auth/token/ */
  private async logIn(challenge: string): Promise<string> {
    const { registry, repository } = this.reference
    const credentials = await findCredentials(registry)
    if (/^basic\b/i.test(challenge)) return credentials ? basic(credentials) : ""
    const { realm, service } = parseChallenge(challenge)
    if (realm === undefined || !URL.canParse(realm)) return ""
    const url = new URL(realm)
    if (service !== undefined) url.searchParams.set("service", service)
    url.searchParams.set("scope", `repository:${repository}:${this.access}`)
    const headers: Record<string, string> = credentials ? { authorization: basic(credentials) } : {}
    const response = await this.request(String(url), { headers })
    if (!response.ok) throw await this.refusal(response)
    const { token, access_token } = (await response.json()) as Record<string, string | undefined>
    return `Bearer ${token ?? access_token ?? ""}`
  }

  private async refusal(response: Response): Promise<UserError> {
    await discard(response)
    const { status, statusText } = response
    const { registry, repository } = this.reference
    const answer = `${registry} answers ${status} ${statusText} for ${repository}`.replace(
      / +/g,
      " ",
    )
    if (status === 404) {
      return new UserError(`no such image: ${answer}`, { hint: "Check its name and its tag." })
    }
    if (status === 401 || status === 403) {
      return new UserError(`the image cannot be read: ${answer}`, {
        hint: `Check its name, or log in: docker login ${registry}`,
      })
    }
    const found = `the image was not read: ${answer}`
    return status === 429 || status >= 500
      ? new TemporaryFailure(found, { hint: "That may pass: try again." })
      : new UserError(found)
  }
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

/** So that the connection can be used again. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel()
}
