import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/**
 * GitHub's cache of workflows, on loopback: its service, and the storage of blobs that it leads to. As the one who calls it has
 * it: https://github.com/actions/toolkit/tree/main/packages/cache, https://learn.microsoft.com/rest/api/storageservices/put-blob
 */
export class GitHubCache {
  /** By key, in the order in which they were saved. */
  readonly entries = new Map<string, Buffer>()
  private readonly blocks = new Map<string, Buffer>()
  /** What it answers instead, from now on. */
  fault: number | undefined

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GitHubCache> {
    const server = createServer((request, response) => {
      cache.answer(request, response).catch(() => response.destroy())
    })
    const cache = new GitHubCache(server)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return cache
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }

  /** What GitHub gives to an action; a token says by itself which branch's entries may be read and written. */
  get variables(): Record<string, string> {
    const scopes = JSON.stringify([{ Scope: "refs/heads/main", Permission: 3 }])
    const now = Math.floor(Date.now() / 1000)
    const parts = [{ alg: "none" }, { ac: scopes, nbf: now - 60, exp: now + 3600 }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    )
    return {
      GITHUB_ACTIONS: "true",
      ACTIONS_CACHE_SERVICE_V2: "true",
      ACTIONS_RESULTS_URL: `${this.address}/`,
      ACTIONS_RUNTIME_TOKEN: [...parts, "signature"].join("."),
    }
  }

  private get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.address)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const [, method] = /^\/twirp\/github\.actions\.results\.api\.v1\.CacheService\/(\w+)$/.exec(
      url.pathname,
    ) ?? [undefined, undefined]
    if (this.fault !== undefined) {
      const message = "the cache service is not available"
      response.writeHead(this.fault).end(JSON.stringify({ code: "unavailable", message }))
    } else if (method !== undefined) this.call(method, body, response)
    else this.storage(request, url, body, response)
  }

  private call(method: string, body: Buffer, response: ServerResponse): void {
    const { key = "", restore_keys = [] } = JSON.parse(body.toString()) as {
      key?: string
      restore_keys?: string[]
    }
    const say = (answer: object, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer))
    const at = (name: string) => `${this.address}/blobs/${encodeURIComponent(name)}?sig=signed`
    if (method === "CreateCacheEntry") {
      if (this.entries.has(key)) say({ code: "already_exists", msg: `already exists: ${key}` }, 409)
      else say({ ok: true, signed_upload_url: at(key) })
    } else if (method === "FinalizeCacheEntryUpload") {
      say({ ok: this.entries.has(key), entry_id: "1" })
    } else {
      const found = this.entries.has(key)
        ? key
        : [...this.entries.keys()].findLast((each) =>
            restore_keys.some((prefix) => each.startsWith(prefix)),
          )
      say(
        found === undefined
          ? { ok: false }
          : { ok: true, signed_download_url: at(found), matched_key: found },
      )
    }
  }

  /** One blob at once, or in blocks that a list then names. */
  private storage(
    { method = "", headers }: IncomingMessage,
    url: URL,
    body: Buffer,
    response: ServerResponse,
  ): void {
    const key = decodeURIComponent(url.pathname.replace("/blobs/", ""))
    const part = url.searchParams.get("comp")
    if (method === "PUT") {
      if (part === "block") {
        this.blocks.set(`${key} ${url.searchParams.get("blockid")}`, body)
      } else if (part === "blocklist") {
        const named = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)]
        const blocks = named.map(([, id]) => this.blocks.get(`${key} ${id}`)!)
        this.entries.set(key, Buffer.concat(blocks))
      } else this.entries.set(key, body)
      response.writeHead(201, { "x-ms-request-id": "1", etag: '"1"' }).end()
      return
    }
    const content = this.entries.get(key)
    if (!content) {
      response.writeHead(404).end()
      return
    }
    const from = Number(/^bytes=(\d+)-/.exec(String(headers["x-ms-range"] ?? ""))?.[1] ?? 0)
    const rest = content.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": rest.length,
      "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
      etag: '"1"',
      "x-ms-request-id": "1",
    })
    response.end(method === "HEAD" ? undefined : rest)
  }
}
