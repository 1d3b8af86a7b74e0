import { spawn, type ChildProcess } from "node:child_process"
import { createServer, type AddressInfo, type Server } from "node:net"
import { environment } from "../system/command.js"

/** A port of this machine's loopback address that leads to a program elsewhere. */
export interface Forward {
  port: number
  close: () => void
}

/** Where connections are made, from where that is. */
export interface Target {
  host: string
  port: number
  /** A process of this machine in whose network namespace the connections are made; else in our own. */
  pid?: number
}

/** On the port of that number where it is free on this machine, else on another one. */
export async function forward(target: Target): Promise<Forward> {
  const connector = startConnector(target)
  // A connection is handed over as it is: reading from it is the connector's business.
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    connector.send({ host: target.host, port: target.port }, socket, (error) => {
      if (error) socket.destroy()
    })
  })
  const close = () => {
    server.close()
    connector.kill("SIGKILL")
  }
  try {
    await listen(server, target.port).catch(() => listen(server, 0))
  } catch (error) {
    close()
    throw error
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** Only a process of the namespace can make a connection in it; Node.js hands sockets of ours to it. */
function startConnector({ pid }: Target): ChildProcess {
  const enter = pid === undefined ? [] : ["nsenter", `--net=/proc/${pid}/ns/net`]
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

const connectorProgram = `
process.on("disconnect", () => process.exit())
process.on("message", ({ host, port }, socket) => {
  if (!socket) return
  const inside = require("node:net").connect({ host, port, allowHalfOpen: true })
  const end = () => { socket.destroy(); inside.destroy() }
  socket.on("error", end)
  inside.on("error", end)
  socket.pipe(inside).pipe(socket)
})
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
