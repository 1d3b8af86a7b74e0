import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { connect, type AddressInfo } from "node:net"
import { join } from "node:path"
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { registryAnswers } from "../../../../cli/bases/registry.js"
import { temporaryFolder } from "../temporary.js"

/** Longer than any test may take. */
const long = 600_000

afterEach(() => {
  vi.unstubAllEnvs()
})

async function serve(listener: RequestListener): Promise<string> {
  return `localhost:${await listen(createServer(listener))}`
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
    [503, {}, true],
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
    useProxy(await listen(server))
    expect(await registryAnswers("docker.io", long)).toBe(false)
    expect(asked).toEqual(["registry-1.docker.io:443"])
  })

  it("asks the registry through a proxy that lets it pass, whoever signed its certificate", async () => {
    const asked: string[] = []
    let status = 401
    const registry = createTlsServer(unknownCertificate(), (request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.host}`)
      response.writeHead(status).end()
    })
    await listen(registry)
    const proxy = createServer().on("connect", (_, socket) => {
      const far = connect((registry.address() as AddressInfo).port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
        socket.pipe(far).pipe(socket)
      })
      far.on("error", () => socket.destroy())
      socket.on("error", () => far.destroy())
    })
    useProxy(await listen(proxy))
    expect(await registryAnswers("registry.example", long)).toBe(true)
    status = 403
    expect(await registryAnswers("registry.example", long)).toBe(false)
    expect(asked).toEqual(Array(2).fill("GET /v2/ registry.example"))
  })

  it("takes one that speaks no TLS for none", async () => {
    const server = createServer().on("connect", (_, socket) => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
      socket.end("HTTP/1.1 200 OK\r\n\r\n")
    })
    useProxy(await listen(server))
    expect(await registryAnswers("registry.example", long)).toBe(false)
  })
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function useProxy(port: number): void {
  vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${port}`)
  vi.stubEnv("NO_PROXY", "")
  vi.stubEnv("no_proxy", "")
}

/** One that nobody else knows, made by the program that Go's own sources have for it. */
function unknownCertificate(): { cert: Buffer; key: Buffer } {
  const cwd = temporaryFolder()
  const program = join(
    execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim(),
    "src/crypto/tls/generate_cert.go",
  )
  execFileSync("go", ["run", program, "--host=registry.example", "--ecdsa-curve=P256"], {
    cwd,
    stdio: "pipe",
  })
  return { cert: readFileSync(join(cwd, "cert.pem")), key: readFileSync(join(cwd, "key.pem")) }
}
