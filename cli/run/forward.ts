import { spawn, type ChildProcess } from "node:child_process"
import { createServer, type AddressInfo, type Server } from "node:net"
import { environment } from "../system/command.js"

/** A port of this machine's loopback address that leads to a program elsewhere. */
export interface Forward {
  port: number
  close: () => void
}

/** Where connections are made, by the connector. */
export interface Target {
  host: string
  port: number
  /** Milliseconds for which a connection that is refused is tried again; none by default. */
  timeout?: number
}

/** A process that makes connections where it is. */
export type Connector = ChildProcess

/** On the port of that number where it is free on this machine, else on another one. */
export async function forward(target: Target, connector: Connector): Promise<Forward> {
  // A connection is handed over as it is: reading from it is the connector's business.
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    connector.send(target, socket, (error) => {
      if (error) socket.destroy()
    })
  })
  await listen(server, target.port).catch(() => listen(server, 0))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

/**
 * Only a process of a network namespace can make a connection in it; Node.js hands sockets of ours to it.
 *
 * @param enter Put before its command, to be where connections are to be made.
 */
export function startConnector(enter: readonly string[] = []): Connector {
  const [command = "", ...args] = [...enter, process.execPath, "--eval", connectorProgram]
  const connector = spawn(command, args, {
    // Ctrl-C on the terminal is for us; it ends when we do.
    detached: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: environment({ NODE_OPTIONS: "" }),
  })
  connector.unref()
  connector.channel?.unref()
  return connector
}

/** Of the network namespace of a process. */
export function connectorOf(pid: number): Connector {
  return startConnector(["nsenter", `--net=/proc/${pid}/ns/net`])
}

/**
 * Whoever connects where nothing listens is answered with this, as a browser shows it, until it is undefined again; also
 * those who wait.
 */
export function answerInstead(connector: Connector, text: string | undefined): void {
  if (!connector.connected) return
  connector.send({ instead: text === undefined ? "" : page(text) })
}

function page(text: string): string {
  const head = [
    "HTTP/1.1 503 Service Unavailable",
    "Content-Type: text/plain; charset=utf-8",
    "X-Content-Type-Options: nosniff",
    `Content-Length: ${Buffer.byteLength(text)}`,
    "Connection: close",
  ]
  return `${head.join("\r\n")}\r\n\r\n${text}`
}

const connectorProgram = `
const { connect } = require("node:net")
let answer = ""
process.on("disconnect", () => process.exit())
process.on("message", ({ host, port, timeout = 0, instead }, socket) => {
  if (instead !== undefined) answer = instead
  if (!socket) return
  const deadline = Date.now() + timeout
  const attempt = () => {
    const inside = connect({ host, port, allowHalfOpen: true })
    const end = () => { socket.destroy(); inside.destroy() }
    inside.on("error", (error) => {
      if (error.code === "ECONNREFUSED" && answer) socket.resume().end(answer)
      else if (error.code !== "ECONNREFUSED" || Date.now() >= deadline || socket.destroyed) end()
      else setTimeout(attempt, 10)
    })
    inside.on("connect", () => {
      socket.on("error", end)
      socket.pipe(inside).pipe(socket)
    })
  }
  socket.on("error", () => socket.destroy())
  attempt()
})
process.send("ready")
`

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject)
      resolve()
    })
  })
}
