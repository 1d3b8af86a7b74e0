import type { IncomingMessage } from "node:http"

/** An answer, whatever it is; its body is to be read, or discarded. */
export class HttpResponse {
  readonly status: number
  readonly statusText: string

  constructor(
    private readonly message: IncomingMessage,
    /** Where it came from in the end. */
    readonly url: string,
    private readonly explain: (error: unknown) => Error,
    private readonly signal?: AbortSignal,
  ) {
    this.status = message.statusCode ?? 0
    this.statusText = message.statusMessage ?? ""
    // Who reads it is told; nobody else need be.
    message.on("error", () => undefined)
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  /** @param name In small letters. */
  header(name: string): string | undefined {
    const value = this.message.headers[name]
    return Array.isArray(value) ? value.join(", ") : value
  }

  async *body(): AsyncGenerator<Buffer, void> {
    try {
      for await (const chunk of this.message) yield chunk as Buffer
    } catch (error) {
      this.signal?.throwIfAborted()
      throw this.explain(error)
    }
  }

  async bytes(): Promise<Buffer> {
    const chunks: Buffer[] = []
    for await (const chunk of this.body()) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  async text(): Promise<string> {
    return (await this.bytes()).toString("utf8")
  }

  async json<T>(): Promise<T> {
    return JSON.parse(await this.text()) as T
  }

  /** So that the connection can be used again. */
  discard(): void {
    this.message.resume()
  }
}
