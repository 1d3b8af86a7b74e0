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

export interface Timeouts {
  /** Milliseconds until there must be an answer. */
  timeout?: number
  /** Milliseconds until a connection must bring something that is HTTP; without it, all of the time. */
  forHttp?: number
  /** How many redirects are followed, within the program that is asked. */
  redirects?: number
}

/** Something takes connections, and does not speak HTTP. */
export class NotHttp extends UserError {
  override name = "NotHttp"
}

/** Nothing came in time, whatever it speaks. */
export class NoAnswer extends UserError {
  override name = "NoAnswer"
}

/** The program ended while it was asked. */
export class EndedBefore extends UserError {
  override name = "EndedBefore"
}

const fewRedirects = 5

/** Answers that are not HTTP, until nobody is asked any more. */
const mostStrange = 3

/** What Node.js calls an answer that its parser does not take, such as the greeting of a mail server. */
function isOfAnotherProtocol(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as { code?: string }
  return code?.startsWith("HPE_") === true
}

/** Asks until there is an answer, whatever its status. Gives up when the container ends or the time is over. */
export async function waitForHttp(
  url: string,
  container: Pick<RunningContainer, "exited">,
  { timeout = 15_000, forHttp = timeout, redirects = fewRedirects }: Timeouts = {},
): Promise<Response> {
  const deadline = AbortSignal.timeout(timeout)
  const started = Date.now()
  let strange = 0
  let exitCode: number | undefined
  const ended = container.exited.then((code) => {
    exitCode = code
  })
  // Whoever waits for the container's end hears of it; here it matters only until there is an answer.
  ended.catch(() => undefined)
  for (;;) {
    const asked = ask(url, deadline, redirects).catch((error: unknown) => {
      if (isOfAnotherProtocol(error)) strange++
    })
    const answer = await Promise.race([asked, ended])
    if (answer) return answer
    if (exitCode !== undefined) {
      throw new EndedBefore(`the program ended with exit code ${exitCode} before it answered`)
    }
    if (deadline.aborted) throw new NoAnswer(`no answer from ${url} within ${timeout / 1000} s`)
    // Where both are the same, the deadline says it, however late its timer is.
    const isOver = Date.now() - started > forHttp || strange >= mostStrange
    if (forHttp < timeout && isOver) throw new NotHttp(`the answer of ${url} is not HTTP`)
    // One that logs each line that it does not understand would be asked hundreds of times.
    await sleep(strange > 0 ? 250 : 20)
  }
}

/** A redirect is followed to the program alone: what it names otherwise, this machine can reach, and its container may not. */
async function ask(url: string, deadline: AbortSignal, redirects: number): Promise<Response> {
  // Not `signal: deadline`: that would also end the reading of the body, which has a time of its own.
  const cancel = new AbortController()
  const end = () => {
    cancel.abort(deadline.reason)
  }
  deadline.addEventListener("abort", end)
  try {
    const answer = await fetch(url, { signal: cancel.signal, redirect: "manual" })
    const next = leadsTo(answer)
    if (redirects === 0 || next === undefined || new URL(next).origin !== new URL(url).origin) {
      return answer
    }
    await answer.body?.cancel()
    return await ask(next, deadline, redirects - 1)
  } finally {
    deadline.removeEventListener("abort", end)
  }
}

/** Where a redirect leads; undefined of another answer. */
export function leadsTo({ status, headers, url }: Response): string | undefined {
  const location = headers.get("location")
  if (status < 300 || status > 399 || location === null) return undefined
  return URL.canParse(location, url) ? new URL(location, url).href : undefined
}

/** The beginning of an answer, and why that is not all of it. */
export interface Beginning {
  text: string
  cut?: "long" | "slow" | "broken"
}

/** Reads no more than is shown: an answer may never end, such as server-sent events. */
export async function readBeginning(
  answer: Response,
  { characters = 4000, timeout = 5_000 } = {},
): Promise<Beginning> {
  if (!answer.body) return { text: "" }
  const reader: ReadableStreamDefaultReader<Uint8Array> = answer.body.getReader()
  const decoder = new TextDecoder()
  const over = new AbortController()
  const slow = sleep(timeout, "slow" as const, { signal: over.signal })
  slow.catch(() => undefined)
  let text = ""
  let cut: Beginning["cut"]
  try {
    while (cut === undefined) {
      const part = await Promise.race([reader.read(), slow])
      if (part === "slow") cut = "slow"
      else if (part.done) break
      else {
        text += decoder.decode(part.value, { stream: true })
        if (text.length > characters) cut = "long"
      }
    }
  } catch {
    cut = "broken"
  }
  over.abort()
  // Of a broken one, there is nothing to cancel.
  await reader.cancel().catch(() => undefined)
  return { text: text.slice(0, characters), cut }
}
