import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { askRegistries, resolveBases } from "../../../../cli/bases/resolve.js"
import { BaseStore } from "../../../../cli/bases/store.js"
import type { Engine } from "../../../../cli/engine/engine.js"
import { temporaryFolder } from "../temporary.js"

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
})

afterEach(() => {
  vi.unstubAllEnvs()
})

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Where the machine reaches the internet through a proxy that lets nothing pass. */
async function noRegistries(): Promise<void> {
  const server = createServer().on("connect", (_, socket) => {
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n")
  })
  vi.stubEnv("HTTPS_PROXY", `http://${await listen(server)}`)
  vi.stubEnv("NO_PROXY", "")
  vi.stubEnv("no_proxy", "")
}

async function resolve(images: string[], ...platforms: string[]) {
  const engine: Engine = {
    name: "BuildKit",
    canLoad: false,
    embedded: true,
    build: () => Promise.reject(new Error("nothing is to be built")),
    close: () => Promise.resolve(),
  }
  const registries = await askRegistries(images)
  return resolveBases(images, registries, { engine, platforms, report: { say: () => undefined } })
}

describe("resolveBases", () => {
  it("leaves images to the registry that answers", async () => {
    const server = createServer((_, response) => {
      response.writeHead(401).end()
    })
    expect(await resolve([`${await listen(server)}/team/golang:1.25`])).toEqual({})
  })

  it("takes what was made before", async () => {
    await noRegistries()
    const layout = { path: "/cache", digest: `sha256:${"0".repeat(64)}` }
    const get = vi.spyOn(BaseStore.prototype, "get").mockResolvedValue(layout)
    onTestFinished(() => {
      get.mockRestore()
    })
    expect(await resolve(["debian:bookworm-slim", "docker.io/library/debian:12"])).toEqual({
      "debian:bookworm-slim": layout,
      "docker.io/library/debian:12": layout,
    })
    expect(new Set(get.mock.calls.map(([name]) => name)).size).toBe(1)
  })

  it("makes no image for a machine that is not of this one's kind", async () => {
    await noRegistries()
    await expect(resolve(["debian:bookworm-slim"], "linux/s390x")).rejects.toThrow(
      "the base image debian:bookworm-slim is not available for linux/s390x",
    )
  })

  it.each([
    "ubuntu:24.04",
    "debian:sid-slim",
    "golang:1.17-bullseye",
    "golang:1.26-alpine3.22",
    "team/golang:1.25",
    "gcr.io/distroless/static-debian12",
    "dhi.io/golang:1.25-dev",
    "registry.example/library/golang:1.25",
  ])("says that %s cannot be had, and what can", async (image) => {
    await noRegistries()
    await expect(resolve([image])).rejects.toThrow(
      new RegExp(
        `^the base image ${image} is not available: no registry answers at \\S+\\n.*golang, node and debian \\(bookworm, trixie\\)`,
      ),
    )
  })

  it("makes no image in the place of one with a digest", async () => {
    await noRegistries()
    const image = `golang:1.25.4@sha256:${"0".repeat(64)}`
    await expect(resolve([image])).rejects.toThrow(
      new RegExp(
        `^the base image ${image} is not available: no registry answers at docker.io\\n.*--base-layout\\. An image with a digest, as in go-image.lock, cannot be replaced by another one\\.$`,
      ),
    )
  })
})
