import { createHash, randomUUID } from "node:crypto"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

import { indexType, type Descriptor, type ImageManifest } from "../../cli/image/oci.js"
import { tarOf } from "../unit/cli/image/make-archive.js"

interface Stored {
  type: string
  content: Buffer
}

/**
 * What a registry that does not work says to a request: a status, half of its answer, or nothing while the connection stays;
 * undefined where it works.
 */
export type Fault = (method: string, path: string) => number | "cut" | "silence" | undefined

/**
 * A registry in memory, on loopback, over plain HTTP: what an engine needs to push and to pull.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export class Registry {
  /** Blobs and manifests, by digest. */
  private readonly contents = new Map<string, Stored>()
  /** Digests, by `repository:tag`. */
  private readonly tags = new Map<string, string>()
  /** What was pushed about a manifest, by its digest. */
  private readonly about = new Map<string, Descriptor[]>()
  private readonly uploads = new Map<string, Buffer>()
  /** `METHOD PATH` of each, in turn. */
  readonly requests: string[] = []
  /** From now on. */
  fault: Fault = () => undefined
  /** Of a list of tags. */
  pageSize = 1000

  private constructor(
    private readonly server: Server,
    /** As HTTP's basic authentication has them; everybody may push and pull where there are none. */
    private readonly credentials: string | undefined,
    /** The status that answers what is pushed about an image, as a referrer or in its index. */
    private readonly refused: { artifacts?: number; attestations?: number },
  ) {}

  static async start(
    options: Partial<{
      user: string
      password: string
      refusedArtifacts: number
      refusedAttestations: number
    }> = {},
  ): Promise<Registry> {
    const { user, password } = options
    const refused = {
      artifacts: options.refusedArtifacts,
      attestations: options.refusedAttestations,
    }
    const login = user === undefined ? undefined : { user, password }
    const credentials = login && Buffer.from(`${login.user}:${login.password}`).toString("base64")
    const server = createServer((request, response) => {
      registry.answer(request, response).catch(() => response.destroy())
    })
    const registry = new Registry(server, credentials, refused)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return registry
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }

  /** E.g. `127.0.0.1:43567`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Digest of each name that was pushed. */
  get pushed(): Record<string, string> {
    return Object.fromEntries(this.tags)
  }

  /** What was pushed under a name consists of: digests of the layers, or of the manifests of an index. */
  parts(name: string): string[] {
    const { content } = this.contents.get(this.tags.get(name) ?? "")!
    const { layers = [], manifests = [] } = JSON.parse(content.toString()) as {
      layers?: Descriptor[]
      manifests?: Descriptor[]
    }
    return [...layers, ...manifests].map(({ digest }) => digest)
  }

  /** Bytes that the names with this beginning lead to, each once. */
  bytesBehind(beginning: string): number {
    const names = [...this.tags.keys()].filter((name) => name.startsWith(beginning))
    const digests = names.flatMap((name) => [this.tags.get(name) ?? "", ...this.parts(name)])
    const sizes = [...new Set(digests)].map((each) => this.contents.get(each)?.content.length ?? 0)
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  /** Writes what was pushed under a name as an OCI archive. */
  async save(name: string, archive: string): Promise<void> {
    const digest = this.tags.get(name) ?? ""
    const { type, content } = this.contents.get(digest)!
    const index = {
      schemaVersion: 2,
      manifests: [{ mediaType: type, digest, size: content.length }],
    }
    const blobs = [...this.contents].map(([digest, { content }]) => ({
      name: `blobs/${digest.replace(":", "/")}`,
      content,
    }))
    writeFileSync(
      archive,
      await tarOf([{ name: "index.json", content: JSON.stringify(index) }, ...blobs]),
    )
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `http://${this.host}`)
    this.requests.push(`${request.method} ${url.pathname}`)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const [, repository = "", kind, last = ""] =
      /^\/v2\/(.+)\/(blobs\/uploads|blobs|manifests|referrers|tags)\/([^/]*)$/.exec(url.pathname) ??
      []
    const fault = this.fault(request.method ?? "", url.pathname)
    if (fault === "silence") return
    if (typeof fault === "number") response.writeHead(fault).end()
    else if (this.credentials && request.headers.authorization !== `Basic ${this.credentials}`) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="registry"' }).end()
    } else if (url.pathname === "/v2/") response.end()
    else if (kind === "blobs/uploads") this.upload(request, response, repository, last, body, url)
    else if (kind === "manifests" && request.method === "PUT") {
      const status = this.refusal(body)
      if (status !== undefined) {
        response.writeHead(status).end()
        return
      }
      const digest = this.store(body, request.headers["content-type"] ?? "")
      if (!last.startsWith("sha256:")) this.tags.set(`${repository}:${last}`, digest)
      const subject = this.refer(body, digest)
      response.writeHead(201, {
        "docker-content-digest": digest,
        location: url.pathname,
        ...(subject !== undefined && { "oci-subject": subject }),
      })
      response.end()
    } else if (kind === "tags") this.list(response, repository, url)
    else if (kind === "manifests" && request.method === "DELETE") {
      response.writeHead(this.delete(repository, last) ? 202 : 404).end()
    } else if (kind === "referrers") {
      response.writeHead(200, { "content-type": indexType })
      response.end(JSON.stringify({ schemaVersion: 2, manifests: this.referrers(last) }))
    } else {
      const digest = this.tags.get(`${repository}:${last}`) ?? last
      this.send(response, digest, request.method, fault === "cut")
    }
  }

  private list(response: ServerResponse, repository: string, url: URL): void {
    const names = [...this.tags.keys()].filter((name) => name.startsWith(`${repository}:`))
    if (names.length === 0) {
      response.writeHead(404).end()
      return
    }
    const tags = names.map((name) => name.slice(repository.length + 1)).sort()
    const after = url.searchParams.get("last")
    const from = after === null ? 0 : tags.indexOf(after) + 1
    const page = tags.slice(from, from + this.pageSize)
    const next = `<${url.pathname}?last=${page.at(-1) ?? ""}>; rel="next"`
    response.writeHead(200, from + page.length < tags.length ? { link: next } : {})
    response.end(JSON.stringify({ name: repository, tags: page }))
  }

  /** A tag, or a digest with all of its tags. */
  private delete(repository: string, name: string): boolean {
    const tags = [...this.tags].filter(
      ([tag, digest]) =>
        tag.startsWith(`${repository}:`) && (tag === `${repository}:${name}` || digest === name),
    )
    for (const [tag] of tags) this.tags.delete(tag)
    return tags.length > 0
  }

  /** What was pushed about an image, as a registry lists it. */
  referrers(digest: string): Descriptor[] {
    return this.about.get(digest) ?? []
  }

  /** From now on, a digest leads to what is not of that digest. */
  replace(digest: string, change: (content: Buffer) => Buffer): void {
    const { type, content } = this.contents.get(digest)!
    this.contents.set(digest, { type, content: change(content) })
  }

  /** What a name that was pushed, or a digest, leads to. */
  content(name: string): Buffer | undefined {
    return this.contents.get(this.tags.get(name) ?? name)?.content
  }

  private refusal(body: Buffer): number | undefined {
    if (body.includes('"subject":')) return this.refused.artifacts
    return body.includes('"in-toto.io/predicate-type"') ? this.refused.attestations : undefined
  }

  private refer(body: Buffer, digest: string): string | undefined {
    const { subject, artifactType, annotations, mediaType } = JSON.parse(
      body.toString("utf8"),
    ) as ImageManifest
    if (!subject) return undefined
    const descriptor = { mediaType: mediaType ?? "", digest, size: body.length }
    const known = this.referrers(subject.digest).filter((each) => each.digest !== digest)
    this.about.set(subject.digest, [...known, { ...descriptor, artifactType, annotations }])
    return subject.digest
  }

  /** POST begins, PATCH adds, PUT adds and ends. */
  private upload(
    { method }: IncomingMessage,
    response: ServerResponse,
    repository: string,
    id: string,
    body: Buffer,
    url: URL,
  ): void {
    const name = method === "POST" ? randomUUID() : id
    const location = `/v2/${repository}/blobs/uploads/${name}`
    const received = Buffer.concat([this.uploads.get(name) ?? Buffer.alloc(0), body])
    if (method === "PUT") {
      this.uploads.delete(name)
      const digest = this.store(received, "application/octet-stream")
      const status = digest === url.searchParams.get("digest") ? 201 : 400
      response.writeHead(status, { location: `/v2/${repository}/blobs/${digest}` }).end()
      return
    }
    this.uploads.set(name, received)
    response.writeHead(202, { location, range: `0-${Math.max(0, received.length - 1)}` }).end()
  }

  private store(content: Buffer, type: string): string {
    const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`
    this.contents.set(digest, { type, content })
    return digest
  }

  private send(response: ServerResponse, digest: string, method = "GET", isCut = false): void {
    const stored = this.contents.get(digest)
    if (!stored) {
      response.writeHead(404).end()
      return
    }
    const { type, content } = stored
    response.writeHead(200, {
      "content-type": type,
      "content-length": content.length,
      "docker-content-digest": digest,
    })
    if (isCut && method !== "HEAD") {
      response.write(content.subarray(0, content.length / 2), () => response.destroy())
    } else response.end(method === "HEAD" ? undefined : content)
  }
}
