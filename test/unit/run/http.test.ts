import { createServer } from "node:http"

import { describe, expect, it, onTestFinished } from "vitest"

import { freePort, waitForHttp } from "../../../cli/run/http.js"

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
    await expect(waitForHttp(url, runsOn, 200)).rejects.toThrow(
      `no answer from ${url} within 0.2 s`,
    )
  })
})
