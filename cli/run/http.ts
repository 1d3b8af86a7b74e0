import { createServer } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"

import { UserError } from "../../src/errors.js"
import type { RunningContainer } from "./container.js"

/** Whether a TCP port of this machine's loopback address is free at this moment. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject)
      server.listen(port, "127.0.0.1", resolve)
    })
  } catch {
    return false
  }
  await new Promise((resolve) => server.close(resolve))
  return true
}

export interface Patience {
  /** Milliseconds until there must be an answer. */
  timeout?: number
  /** Milliseconds until a connection must bring something that is HTTP; without it, all of the time. */
  forHttp?: number
}

/** Something takes connections, and does not speak HTTP. */
export class NotHttp extends UserError {
  override name = "NotHttp"
}

/** Asks until there is an answer, whatever its status. Gives up when the container ends or the time is over. */
export async function waitForHttp(
  url: string,
  container: Pick<RunningContainer, "exited">,
  { timeout = 15_000, forHttp = timeout }: Patience = {},
): Promise<Response> {
  const deadline = AbortSignal.timeout(timeout)
  const started = Date.now()
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
    if (deadline.aborted) throw new UserError(`no answer from ${url} within ${timeout / 1000} s`)
    if (Date.now() - started > forHttp) throw new NotHttp(`what ${url} answers is not HTTP`)
    await sleep(20)
  }
}
