import { createServer } from "node:http"
import { createServer as createTcpServer, type AddressInfo } from "node:net"

import { describe, expect, it, onTestFinished } from "vitest"

import { isPortFree, NotHttp, waitForHttp } from "../../../cli/run/http.js"

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
})

it("a port is free, or it is not", async () => {
  expect(await isPortFree(await tcpPort(""))).toBe(false)
  expect(await isPortFree(await freePort())).toBe(true)
})
