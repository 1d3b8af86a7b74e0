import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { expect, it, onTestFinished } from "vitest"
import { answerInstead, forward, startConnector } from "../../../../cli/run/forward.js"

/** What is forwarded is on 127.0.0.1. */
const elsewhere = "127.0.0.2"

/** A connector of this machine's own network, and a port that leads to one where nothing listens yet. */
async function forwarded() {
  const connector = startConnector()
  await once(connector, "message")
  const free = createServer().listen(0, elsewhere)
  await once(free, "listening")
  const { port } = free.address() as AddressInfo
  free.close()
  await once(free, "close")
  const made = await forward({ host: elsewhere, port, timeout: 60_000 }, connector)
  onTestFinished(() => {
    made.close()
    connector.kill()
  })
  return { connector, port, url: `http://127.0.0.1:${made.port}/` }
}

it("who connects after the program's end is told so at once, and so is who waits already", async () => {
  const { connector, url } = await forwarded()
  const waiting = fetch(url)
  answerInstead(connector, "The program ended: größer.\n")
  for (const answer of [await waiting, await fetch(url)]) {
    expect(answer.status).toBe(503)
    expect(await answer.text()).toBe("The program ended: größer.\n")
  }
})

it("who connects while the next one starts waits for that one", async () => {
  const { connector, port, url } = await forwarded()
  answerInstead(connector, "The program ended.\n")
  answerInstead(connector, undefined)
  const waiting = fetch(url)
  const program = createServer((socket) => {
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnext")
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  program.listen(port, elsewhere)
  onTestFinished(() => {
    program.close()
  })
  expect(await (await waiting).text()).toBe("next")
})
