import { createHash } from "node:crypto"
import { once } from "node:events"
import { createReadStream, existsSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { OciLayout } from "../cli/engine/engine.js"

/** A registry on loopback, to be read only, for what takes base images from nowhere else. */
export interface BaseRegistry {
  /** Reference of the base image. */
  base: string
  /** Reference of an image without files, for two platforms. */
  empty: string
  close(): Promise<void>
}

export async function serveBase(layout: OciLayout): Promise<BaseRegistry> {
  const made = new Map<string, { type: string; content: string }>()
  const put = (type: string, value: unknown) => {
    const content = JSON.stringify(value)
    const digest = `sha256:${createHash("sha256").update(content).digest("hex")}`
    made.set(digest, { type, content })
    return { mediaType: type, digest, size: Buffer.byteLength(content) }
  }
  const manifests = ["amd64", "arm64"].map((architecture) => {
    const platform = { os: "linux", architecture }
    const rootfs = { type: "layers", diff_ids: [] }
    const config = put(`${oci}.config.v1+json`, { ...platform, config: {}, rootfs })
    const manifest = { schemaVersion: 2, mediaType: `${oci}.manifest.v1+json`, config, layers: [] }
    return { ...put(manifest.mediaType, manifest), platform }
  })
  const index = { schemaVersion: 2, mediaType: `${oci}.index.v1+json`, manifests }
  const empty = put(index.mediaType, index).digest

  const server = createServer((request, response) => {
    const [, kind, name = ""] =
      /^\/v2\/[\w/]+\/(manifests|blobs)\/([\w:.-]+)$/.exec(request.url ?? "") ?? []
    if (kind === undefined) {
      response.writeHead(request.url === "/v2/" ? 200 : 404).end()
      return
    }
    const known = made.get(name)
    const file = join(layout.path, "blobs", ...name.split(":"))
    if (!known && !existsSync(file)) {
      response.writeHead(404).end()
    } else if (known || kind === "manifests") {
      const content = known?.content ?? readFileSync(file, "utf8")
      const type = known?.type ?? (JSON.parse(content) as { mediaType: string }).mediaType
      const length = Buffer.byteLength(content)
      const headers = { "Content-Type": type, "Content-Length": length }
      response.writeHead(200, { ...headers, "Docker-Content-Digest": name })
      response.end(request.method === "HEAD" ? undefined : content)
    } else {
      response.writeHead(200, { "Content-Type": "application/octet-stream" })
      createReadStream(file).pipe(response)
    }
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const host = `localhost:${(server.address() as AddressInfo).port}`
  return {
    base: `${host}/base@${layout.digest}`,
    empty: `${host}/empty@${empty}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

const oci = "application/vnd.oci.image"
