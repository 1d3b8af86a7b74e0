import { createClient, type Client } from "@connectrpc/connect"
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node"
import type { ClientHttp2Stream } from "node:http2"
import { Duplex, PassThrough, type Readable, type Writable } from "node:stream"
import { LLBBridge } from "../generated/github.com/moby/buildkit/frontend/gateway/pb/gateway_pb.js"

/** BuildKit as a frontend sees it: what it may ask for, and how it gives its result back. */
export type Bridge = Client<typeof LLBBridge>

/**
 * BuildKit serves gRPC on the standard input and output of a frontend's container.
 * https://github.com/moby/buildkit/blob/master/docs/dev/request-lifecycle.md
 */
export function connectBridge(): Bridge {
  const connection = duplexOf(process.stdin, process.stdout)
  // There is nothing to resolve: the connection is there.
  const baseUrl = "http://buildkit"
  const sessionManager = new EagerSessions(baseUrl, {}, { createConnection: () => connection })
  // Over a pipe, compressing takes longer than sending.
  const transport = createGrpcTransport({ baseUrl, sessionManager, acceptCompression: [] })
  return createClient(LLBBridge, transport)
}

/**
 * Reads what comes as soon as it comes. BuildKit closes a stream with its answer, before it has seen the request's end; what
 * nobody has begun to read by then, Node.js 24 takes for a stream that broke off.
 */
class EagerSessions extends Http2SessionManager {
  override async request(
    ...args: Parameters<Http2SessionManager["request"]>
  ): Promise<ClientHttp2Stream> {
    const stream = await super.request(...args)
    const body = stream.pipe(new PassThrough())
    stream.once("close", () => body.end())
    return Object.assign(stream, {
      [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>,
    })
  }
}

/** Not by Duplex.from, which ends both where one of them ends. */
function duplexOf(input: Readable, output: Writable): Duplex {
  const duplex = new Duplex({
    read: () => {
      input.resume()
    },
    write: (chunk: Buffer, _encoding, done) => {
      output.write(chunk, done)
    },
  })
  input.on("data", (chunk: Buffer) => {
    if (!duplex.push(chunk)) input.pause()
  })
  input.on("end", () => {
    duplex.push(null)
  })
  return duplex
}
