import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"

/** What a registry does with all that is asked of it: answers with a status, or not at all. */
export type Fault = number | "silence"

/** A registry on loopback that is there, and does not work. */
export class FaultyRegistry {
  private constructor(private readonly server: Server) {}

  static async start(fault: Fault): Promise<FaultyRegistry> {
    const server = createServer((request, response) => {
      // For the question whether it is a registry at all.
      if (request.url === "/v2/") return response.end()
      if (fault !== "silence")
        response.writeHead(fault, { "www-authenticate": 'Basic realm="registry"' }).end()
    })
    const registry = new FaultyRegistry(server)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return registry
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, "close")
  }
}
