import { createServer, type RequestListener } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { registryAnswers } from "../../../cli/bases/registry.js"

// Processes and connections; how fast they are is the machine's affair.
vi.setConfig({ testTimeout: 120_000 })

/** Longer than any test may take. */
const long = 600_000

afterEach(() => {
  vi.unstubAllEnvs()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `localhost:${(server.address() as AddressInfo).port}`
}

describe("registryAnswers", () => {
  it.each<[number, Record<string, string>, boolean]>([
    [200, {}, true],
    [307, { Location: "https://example.com/v2/" }, true],
    [401, {}, true],
    [429, {}, true],
    [403, { "Docker-Distribution-Api-Version": "registry/2.0" }, true],
    [404, { "WWW-Authenticate": "Bearer" }, true],
    // A proxy that blocks the registry.
    [403, {}, false],
    [404, {}, false],
    [503, {}, false],
  ])("%i %j -> %s", async (status, headers, expected) => {
    const registry = await serve((request, response) => {
      response.writeHead(request.url === "/v2/" ? status : 500, headers).end("body")
    })
    expect(await registryAnswers(registry, long)).toBe(expected)
  })

  it("does not wait for one that says nothing", async () => {
    const registry = await serve(() => undefined)
    expect(await registryAnswers(registry, 50)).toBe(false)
  })

  it("takes a host that is not there for no answer", async () => {
    expect(await registryAnswers("localhost:1", long)).toBe(false)
    expect(await registryAnswers("registry.invalid", long)).toBe(false)
  })

  it("is cancelled", async () => {
    const controller = new AbortController()
    const registry = await serve(() => {
      controller.abort(new Error("cancelled"))
    })
    await expect(registryAnswers(registry, long, controller.signal)).rejects.toThrow("cancelled")
  })

  it("asks through the proxy, and takes its refusal for no answer", async () => {
    const asked: string[] = []
    const server = createServer().on("connect", ({ url = "" }, socket) => {
      asked.push(url)
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n")
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    onTestFinished(() => void server.close())
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    vi.stubEnv("NO_PROXY", "")
    vi.stubEnv("no_proxy", "")
    expect(await registryAnswers("docker.io", long)).toBe(false)
    expect(asked).toEqual(["registry-1.docker.io:443"])
  })

  it("asks the registry through a proxy that lets it pass", async () => {
    // The far end speaks no TLS, which is no registry; that it was reached is the point.
    let reached = false
    const registry = await serve(() => undefined)
    const server = createServer().on("connect", (_, socket) => {
      const [host = "", port] = registry.split(":")
      const far = connect(Number(port), host, () => {
        reached = true
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
        socket.pipe(far).pipe(socket)
      })
      far.on("error", () => socket.destroy())
      socket.on("error", () => far.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    vi.stubEnv("NO_PROXY", "")
    vi.stubEnv("no_proxy", "")
    expect(await registryAnswers("registry.example", long)).toBe(false)
    expect(reached).toBe(true)
  })
})
