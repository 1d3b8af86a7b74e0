import { createServer, type AddressInfo } from "node:net"
import { describe, expect, it, onTestFinished } from "vitest"
import { isLoopback, listenersOf, parseSockets } from "../../../../cli/run/listeners.js"

const heading =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
const rest =
  " 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0"

describe("of the kernel's table of sockets", () => {
  it.each([
    ["every address", "tcp", "00000000:1F90 00000000:0000 0A", "0.0.0.0", 8080],
    ["loopback", "tcp", "0100007F:26AA 00000000:0000 0A", "127.0.0.1", 9898],
    ["one address", "tcp", "6402000A:0050 00000000:0000 0A", "10.0.2.100", 80],
    [
      "every address of IPv6",
      "tcp",
      "00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A",
      "::",
      8080,
    ],
    [
      "loopback of IPv6",
      "tcp",
      "00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A",
      "::1",
      8080,
    ],
    [
      "loopback of IPv4 on a socket of IPv6",
      "tcp",
      "0000000000000000FFFF00000100007F:1F90 00000000000000000000000000000000:0000 0A",
      "127.0.0.1",
      8080,
    ],
    ["a socket of UDP", "udp", "00000000:0035 00000000:0000 07", "0.0.0.0", 53],
  ] as const)("%s is read", (_, protocol, sockets, address, port) => {
    expect(parseSockets(`${heading}   0: ${sockets}${rest}\n`, protocol)).toEqual([
      { protocol, address, port },
    ])
  })

  it("connections are none that wait", () => {
    const connection = `   0: 0100007F:1F90 0100007F:C350 01${rest}\n`
    expect(parseSockets(heading + connection, "tcp")).toEqual([])
    expect(parseSockets(heading + connection, "udp")).toEqual([])
    expect(parseSockets("", "tcp")).toEqual([])
  })
})

it("what a process listens on is seen as long as it runs", async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const found = listenersOf(process.pid).filter((each) => each.port === port)
  expect(found).toEqual([{ protocol: "tcp", address: "127.0.0.1", port }])
  expect(found.every(isLoopback)).toBe(true)
  expect(listenersOf(2 ** 22 + 1)).toEqual([])
})
