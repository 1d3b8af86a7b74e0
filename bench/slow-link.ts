import { once } from "node:events"
import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"

/** As from a CI provider's runner to a registry. */
const delayMilliseconds = 5
const bytesPerMillisecond = 200e6 / 8 / 1000

/** A port of this machine that leads to another one as over a network: each way has its own width, which all connections share. */
export interface SlowLink {
  /** E.g. `127.0.0.1:43567`. */
  host: string
  /** Bytes so far, seen from the one who connects. */
  readonly sent: number
  readonly received: number
  close(): Promise<void>
}

export async function slowLink(to: string): Promise<SlowLink> {
  const [host = "", port = ""] = to.split(":")
  const there = new Direction()
  const back = new Direction()
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host, port: Number(port), allowHalfOpen: true })
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.on("close", () => sockets.delete(socket))
      // The other side is closed with it.
      socket.on("error", () => {
        near.destroy()
        far.destroy()
      })
    }
    void there.carry(near, far)
    void back.carry(far, near)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sent() {
      return there.bytes
    },
    get received() {
      return back.bytes
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, "close")
    },
  }
}

class Direction {
  bytes = 0
  /** When the last of what was sent has left. */
  private busyUntil = 0

  async carry(from: Socket, to: Socket): Promise<void> {
    // One after the other: timers of different lengths end in any order.
    let delivered = Promise.resolve()
    const deliver = (arrival: number, then: () => void) => {
      delivered = delivered.then(() => sleep(Math.max(0, arrival - performance.now()))).then(then)
    }
    try {
      // The other way may still be open when this one has ended.
      const chunks = from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
      for await (const chunk of chunks) {
        this.bytes += chunk.length
        this.busyUntil =
          Math.max(this.busyUntil, performance.now()) + chunk.length / bytesPerMillisecond
        deliver(this.busyUntil + delayMilliseconds, () => void to.write(chunk))
        await sleep(Math.max(0, this.busyUntil - performance.now()))
      }
      deliver(performance.now() + delayMilliseconds, () => void to.end())
    } catch {
      to.destroy()
    }
  }
}
