import { readFileSync } from "node:fs"
import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { connect, type AddressInfo } from "node:net"
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { HttpClient } from "../../../../cli/http/client.js"

afterEach(() => {
  vi.unstubAllEnvs()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const serve = async (listener: RequestListener) =>
  `http://127.0.0.1:${await listen(createServer(listener))}`

describe("HttpClient", () => {
  it("follows a redirection, and gives credentials to none but whom they are for", async () => {
    const seen: (string | undefined)[] = []
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization)
      response.end("far")
    })
    const first = await serve((request, response) => {
      seen.push(request.headers.authorization)
      const location = request.url === "/" ? "/near" : `${other}/blob`
      response.writeHead(307, { location }).end()
    })
    const response = await new HttpClient().send(first, { headers: { authorization: "Basic x" } })
    expect(await response.text()).toBe("far")
    expect(response.url).toBe(`${other}/blob`)
    expect(seen).toEqual(["Basic x", "Basic x", undefined])
  })

  it("gives up where redirections go round in circles", async () => {
    const address = await serve((_, response) => response.writeHead(302, { location: "/" }).end())
    expect((await new HttpClient().send(address)).status).toBe(302)
  })

  it("sends a body with its length, and none where there is none", async () => {
    const address = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => {
        response.end(`${request.headers["content-length"]} ${Buffer.concat(chunks).toString()}`)
      })
    })
    const put = await new HttpClient().send(address, { method: "PUT", body: Buffer.from("text") })
    expect(await put.text()).toBe("4 text")
  })

  it("asks again on a new connection where the one that it kept is gone", async () => {
    let times = 0
    const address = await serve((request, response) => {
      times++
      // As one that has had enough of an idle connection.
      if (times === 2) request.socket.destroy()
      else response.end(String(times))
    })
    const client = new HttpClient()
    expect(await (await client.send(address)).text()).toBe("1")
    expect(await (await client.send(address)).text()).toBe("3")
  })

  it("tells in its caller's words that a body broke off", async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("a", () => response.destroy())
    })
    const client = new HttpClient(undefined, () => new Error("broken"))
    const response = await client.send(address)
    await expect(response.text()).rejects.toThrow("broken")
  })

  it("ends with the reason of its signal", async () => {
    const controller = new AbortController()
    const address = await serve(() => {
      controller.abort(new Error("interrupted"))
    })
    await expect(new HttpClient(controller.signal).send(address)).rejects.toThrow()
  })
})

describe("with TLS", () => {
  const pem = (name: string) =>
    readFileSync(new URL(`../../../conformance/tls/${name}`, import.meta.url))

  async function start(cert: string): Promise<string> {
    const options = { cert: pem(cert), key: pem("server.key") }
    const port = await listen(createTlsServer(options, (_, response) => response.end("hello")))
    return `https://127.0.0.1:${port}`
  }

  const authority = new URL("../../../conformance/tls/authority.pem", import.meta.url).pathname

  it.each(["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"])(
    "trusts whom this machine trusts: %s",
    async (variable) => {
      const address = await start("trusted.pem")
      vi.stubEnv("SSL_CERT_FILE", "/dev/null")
      await expect(new HttpClient().send(address)).rejects.toThrow(/certificate/)
      vi.stubEnv(variable, authority)
      expect(await (await new HttpClient().send(address)).text()).toBe("hello")
    },
  )

  it("refuses all others", async () => {
    vi.stubEnv("SSL_CERT_FILE", authority)
    await expect(new HttpClient().send(await start("untrusted.pem"))).rejects.toThrow(/certificate/)
  })

  it("goes through the proxy, to whom it sends no request of its own", async () => {
    const target = new URL(await start("trusted.pem"))
    const asked: string[] = []
    const proxy = createServer().on("connect", ({ url = "" }, socket) => {
      asked.push(url)
      const far = connect(Number(target.port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
        socket.pipe(far).pipe(socket)
      })
      far.on("error", () => socket.destroy())
      socket.on("error", () => far.destroy())
    })
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${await listen(proxy)}`)
    vi.stubEnv("NO_PROXY", "")
    vi.stubEnv("no_proxy", "")
    vi.stubEnv("SSL_CERT_FILE", authority)
    const client = new HttpClient()
    await expect(client.send("https://registry.example/v2/")).rejects.toThrow(
      /altnames|certificate/,
    )
    expect(new Set(asked)).toEqual(new Set(["registry.example:443"]))
    // What is on this machine is no proxy's business.
    expect(await (await client.send(String(target))).text()).toBe("hello")
    expect(asked.every((each) => each === "registry.example:443")).toBe(true)
  })
})
