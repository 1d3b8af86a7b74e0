import { describe, expect, it } from "vitest"
import { nextListening, waitForListener } from "../../../../cli/run/answer.js"
import type { Listener } from "../../../../cli/run/listeners.js"

const runs = new Promise<number>(() => undefined)
const publish = () => Promise.resolve(undefined)
const tcp = (port: number, address = "::"): Listener => ({ protocol: "tcp", address, port })

/** A program that opens one of them after the other, each when it is looked at again. */
function opening(...listeners: Listener[]) {
  let looks = 0
  return { exited: runs, publish, listeners: () => listeners.slice(0, looks++) }
}

describe("of what a program listens on", () => {
  it("the expected port is taken, whatever else is open before", async () => {
    const found = await waitForListener(opening(tcp(6060), tcp(9090), tcp(8080)), [8080])
    expect(found).toEqual({ port: 8080, listener: tcp(8080), others: [6060, 9090] })
  })

  it("the first of several expected ones is taken", async () => {
    const started = { exited: runs, publish, listeners: () => [tcp(9000), tcp(80)] }
    expect((await waitForListener(started, [80, 9000]))?.port).toBe(80)
  })

  it("another one is taken where the expected one is not opened: rather one that others can reach", async () => {
    const started = opening(tcp(6060, "127.0.0.1"), tcp(9898), tcp(9999))
    expect(await waitForListener(started, [8080])).toEqual({
      port: 9898,
      listener: tcp(9898),
      others: [6060, 9999],
    })
  })

  it("the expected one is taken where that cannot be seen", async () => {
    const started = { exited: runs, publish, listeners: () => undefined }
    expect(await waitForListener(started, [3000])).toEqual({ port: 3000, others: [] })
  })

  it("nothing is, of a program that has ended", async () => {
    const started = { ...opening(), exited: Promise.resolve(0) }
    expect(await waitForListener(started, [8080])).toBeUndefined()
  })

  it("nothing at all is an error that says what is there, and what to do", async () => {
    const dns = { protocol: "udp", address: "::", port: 53 } as const
    const started = { exited: runs, publish, listeners: () => [dns] }
    await expect(waitForListener(started, [8080], 50)).rejects.toThrow(
      [
        "the program does not listen on a TCP port after 0.05 s; the image names 8080",
        "It listens on 53/udp.",
        "If it is not a server, use --port 0: the program is then run to its end.",
      ].join("\n"),
    )
  })
})

describe("what else is asked, where one port speaks something else,", () => {
  const listeners = [tcp(6060), tcp(1025), tcp(8025), { ...tcp(53), protocol: "udp" as const }]
  const next = (expected: number[], asked: number[]) =>
    nextListening({ listeners: () => listeners }, expected, asked)?.port

  it("is an expected port, then any other one of TCP", () => {
    expect(next([1025, 8025], [1025])).toBe(8025)
    expect(next([1025, 8025], [1025, 8025])).toBe(6060)
    expect(next([1025], [1025, 8025, 6060])).toBeUndefined()
  })

  it("is an expected port where none can be seen", () => {
    const unseen = { listeners: () => undefined }
    expect(nextListening(unseen, [1025, 8025], [1025])).toEqual({ port: 8025, others: [] })
    expect(nextListening(unseen, [1025], [1025])).toBeUndefined()
  })
})
