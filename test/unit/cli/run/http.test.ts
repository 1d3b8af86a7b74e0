import { createServer, type RequestListener } from "node:http"
import { createServer as createTcpServer, type AddressInfo } from "node:net"

import { describe, expect, it, onTestFinished } from "vitest"

import { checkHealth } from "../../../../cli/run/health.js"
import {
  isPortFree,
  leadsTo,
  NotHttp,
  readBeginning,
  waitForHttp,
} from "../../../../cli/run/http.js"

/** Of a server that says this to whoever connects. */
async function tcpPort(greeting: string): Promise<number> {
  const server = createTcpServer((socket) => socket.on("error", () => undefined).end(greeting))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const runsOn = { exited: new Promise<number>(() => undefined) }

async function serveLater(status: number, milliseconds: number): Promise<string> {
  const port = await freePort()
  const server = createServer((_, response) => response.writeHead(status).end("answer"))
  const timer = setTimeout(() => server.listen(port, "127.0.0.1"), milliseconds)
  onTestFinished(() => {
    clearTimeout(timer)
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${port}/`
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe("waiting for an answer over HTTP", () => {
  for (const status of [200, 404, 500]) {
    it(`takes ${status} from a server that needs a moment`, async () => {
      const answer = await waitForHttp(await serveLater(status, 100), runsOn)
      expect(answer.status).toBe(status)
      expect(await answer.text()).toBe("answer")
    })
  }

  it("ends with the program", async () => {
    const ended = { exited: Promise.resolve(3) }
    await expect(waitForHttp(await serveLater(200, 60_000), ended)).rejects.toThrow(
      "the program ended with exit code 3 before it answered",
    )
  })

  it("passes on why the program could not be run", async () => {
    const failed = { exited: Promise.reject(new Error("no such program")) }
    await expect(waitForHttp(await serveLater(200, 60_000), failed)).rejects.toThrow(
      "no such program",
    )
  })

  it("ends with the time that it is given", async () => {
    const url = await serveLater(200, 60_000)
    await expect(waitForHttp(url, runsOn, { timeout: 200 })).rejects.toThrow(
      `no answer from ${url} within 0.2 s`,
    )
  })

  it("tells a server of something else", async () => {
    const url = `http://127.0.0.1:${await tcpPort("220 mail.example.com ESMTP\r\n")}/`
    await expect(waitForHttp(url, runsOn, { forHttp: 100 })).rejects.toThrow(NotHttp)
  })

  it("a server that speaks something else is asked a few times, and not for seconds", async () => {
    let connections = 0
    const server = createTcpServer((socket) => {
      connections++
      socket.on("error", () => undefined).write("220 mail.example.com ESMTP\r\n")
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await expect(waitForHttp(url, runsOn, { forHttp: 10_000 })).rejects.toThrow(NotHttp)
    expect(connections).toBe(3)
  })
})

describe("a redirect", () => {
  it("is followed within the program", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/") response.writeHead(302, { location: "/login" }).end()
      else response.end(`at ${request.url}`)
    })
    const answer = await waitForHttp(url, runsOn)
    expect([answer.status, await answer.text()]).toEqual([200, "at /login"])
  })

  it("is not followed to another port of this machine, nor elsewhere", async () => {
    const asked: string[] = []
    const secret = await serve((request, response) => {
      asked.push(request.url ?? "")
      response.end("of this machine")
    })
    for (const location of [secret, "http://169.254.169.254/latest", "https://example.com/"]) {
      const url = await serve((_, response) => response.writeHead(307, { location }).end("see"))
      const answer = await waitForHttp(url, runsOn)
      expect([answer.status, leadsTo(answer), await answer.text()]).toEqual([307, location, "see"])
    }
    expect(asked).toEqual([])
  })

  it("is followed a few times only", async () => {
    let asked = 0
    const url = await serve((_, response) => {
      asked++
      response.writeHead(302, { location: "/again" }).end()
    })
    expect((await waitForHttp(url, runsOn, { redirects: 3 })).status).toBe(302)
    expect(asked).toBe(4)
  })
})

describe("the beginning of an answer", () => {
  it("is all of a short one", async () => {
    const url = await serve((_, response) => response.end("grüße"))
    expect(await readBeginning(await waitForHttp(url, runsOn))).toEqual({ text: "grüße" })
  })

  it("is what came in time, of one that never ends", async () => {
    const url = await serve((_, response) => response.write("data: 1\n\n"))
    const answer = await waitForHttp(url, runsOn)
    expect(await readBeginning(answer, { timeout: 100 })).toEqual({
      text: "data: 1\n\n",
      cut: "slow",
    })
  })

  it("is as much as is shown, of one that never ends and is fast", async () => {
    const url = await serve((_, response) => {
      const more = () => {
        while (response.write("x".repeat(1000)));
      }
      response.on("drain", more)
      more()
    })
    const { text, cut } = await readBeginning(await waitForHttp(url, runsOn), { characters: 10 })
    expect([text, cut]).toEqual(["x".repeat(10), "long"])
  })

  it("is what came before it broke off", async () => {
    const url = await serve((_, response) => {
      response.write("half", () => response.destroy())
    })
    expect(await readBeginning(await waitForHttp(url, runsOn))).toEqual({
      text: "half",
      cut: "broken",
    })
  })
})

describe("a health check", () => {
  const listen = (listener: RequestListener, patience = 0) => {
    const said: string[] = []
    const report = { say: (line: string) => void said.push(line) }
    const check = async () => checkHealth(await serve(listener), "/well", runsOn, report, patience)
    return { check, said }
  }

  it("says the status", async () => {
    const { check, said } = listen((request, response) =>
      response.writeHead(request.url === "/well" ? 204 : 500).end(),
    )
    expect(await check()).toBeUndefined()
    expect(said).toEqual(["health check /well: 204 No Content"])
  })

  it("fails with a status of 400 or more", async () => {
    const { check, said } = listen((_, response) => response.writeHead(404).end())
    expect(await check()).toBe(
      "the health check fails: /well answers 404 Not Found, expected a status of 200 to 399",
    )
    expect(said).toEqual([])
  })

  it("is asked again until the program is well", async () => {
    let asked = 0
    const { check } = listen(
      (_, response) => response.writeHead(asked++ < 1 ? 503 : 200).end(),
      10_000,
    )
    expect(await check()).toBeUndefined()
    expect(asked).toBe(2)
  })
})

it("a port is free, or it is not", async () => {
  expect(await isPortFree(await tcpPort(""))).toBe(false)
  expect(await isPortFree(await freePort())).toBe(true)
})
