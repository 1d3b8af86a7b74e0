import { createServer, type AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"

import { UserError } from "../../src/errors.js"
import type { RunningContainer } from "./container.js"

/** A TCP port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Asks until there is an answer, whatever its status. Gives up when the container ends or the time is over. */
export async function waitForHttp(
  url: string,
  container: Pick<RunningContainer, "exited">,
  timeoutMilliseconds = 15_000,
): Promise<Response> {
  const deadline = AbortSignal.timeout(timeoutMilliseconds)
  let exitCode: number | undefined
  const ended = container.exited.then((code) => {
    exitCode = code
  })
  // Whoever waits for the container's end hears of it; here it matters only until there is an answer.
  ended.catch(() => undefined)
  for (;;) {
    const answer = await Promise.race([
      fetch(url, { signal: deadline }).catch(() => undefined),
      ended,
    ])
    if (answer) return answer
    if (exitCode !== undefined) {
      throw new UserError(`the program ended with exit code ${exitCode} before it answered`)
    }
    if (deadline.aborted) {
      throw new UserError(`no answer from ${url} within ${timeoutMilliseconds / 1000} s`)
    }
    await sleep(20)
  }
}
