import { setTimeout as sleep } from "node:timers/promises"
import { UserError } from "../../src/errors.js"
import { isLoopback, type Listener } from "./listeners.js"

/** How long a program may take until it listens, and as long again until it answers. */
const answerTimeout = 15_000

/** Programs open several ports one after the other: so long is waited for the expected one after the first. */
const moment = 1_000

/** The program runs, and opens no port in time. */
export class NothingListens extends UserError {
  override name = "NothingListens"
}

/** What is asked for an answer. */
export interface Started {
  exited: Promise<number>
  /** Undefined where that cannot be seen. */
  listeners: () => Listener[] | undefined
  publish: (port: number, address?: string) => Promise<number | undefined>
}

/** The port that is asked, and others that the program has opened. */
export interface Listening {
  port: number
  /** That it listens on; undefined where that cannot be seen. */
  listener?: Listener
  others: number[]
}

/**
 * Waits until the program listens: on the expected port, or on another one where it opens no expected one. Undefined where
 * the program ends before.
 */
export async function waitForListener(
  started: Started,
  expected: readonly number[],
  timeout = answerTimeout,
): Promise<Listening | undefined> {
  let hasEnded = false
  const end = () => (hasEnded = true)
  started.exited.then(end, end)
  const deadline = Date.now() + timeout
  let first: number | undefined
  while (!hasEnded) {
    const all = started.listeners()
    // Then whoever asks it finds out.
    if (all === undefined) return { port: expected[0] ?? 0, others: [] }
    const found = choose(all, expected)
    if (found) first ??= Date.now()
    const isExpected = found && expected.includes(found.port)
    if (found && (isExpected || Date.now() - (first ?? 0) > moment)) {
      return { port: found.port, listener: found, others: otherPorts(all, found.port) }
    }
    if (Date.now() > deadline) throw nothingListens(all, expected, timeout)
    await sleep(20)
  }
  return undefined
}

/** One that has not been asked, the expected ones first. */
export function nextListening(
  started: Pick<Started, "listeners">,
  expected: readonly number[],
  asked: readonly number[],
): Listening | undefined {
  const isNew = (port: number) => !asked.includes(port)
  const all = started.listeners()
  if (all === undefined) {
    const port = expected.find(isNew)
    return port === undefined ? undefined : { port, others: [] }
  }
  const listener = choose(
    all.filter(({ port }) => isNew(port)),
    expected,
  )
  return listener && { port: listener.port, listener, others: [] }
}

/** Of a server of UDP alone. Whether it listens; not where the program ends before. */
export async function waitForUdp(
  started: Started,
  expected: readonly number[],
  timeout = answerTimeout,
): Promise<boolean> {
  let hasEnded = false
  const end = () => (hasEnded = true)
  started.exited.then(end, end)
  const deadline = Date.now() + timeout
  while (!hasEnded) {
    const all = started.listeners()
    if (all?.some(({ protocol, port }) => protocol === "udp" && expected.includes(port)) ?? true) {
      return true
    }
    if (Date.now() > deadline) {
      throw new NothingListens(
        `the program does not listen on ${expected.join(", ")}/udp after ${timeout / 1000} s`,
      )
    }
    await sleep(20)
  }
  return false
}

/** An expected one, else one that others can reach, else the lowest. */
function choose(all: readonly Listener[], expected: readonly number[]): Listener | undefined {
  const rank = (each: Listener) => {
    const index = expected.indexOf(each.port)
    return [index < 0 ? expected.length : index, isLoopback(each) ? 1 : 0, each.port]
  }
  return all
    .filter(({ protocol }) => protocol === "tcp")
    .sort((a, b) => compare(rank(a), rank(b)))[0]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((each, i) => each !== b[i])
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0)
}

function otherPorts(all: readonly Listener[], port: number): number[] {
  const ports = all.flatMap((each) => (each.protocol === "tcp" ? [each.port] : []))
  return [...new Set(ports)].filter((each) => each !== port).sort((a, b) => a - b)
}

function nothingListens(all: readonly Listener[], expected: readonly number[], timeout: number) {
  const udp = all.filter(({ protocol }) => protocol === "udp").map(({ port }) => `${port}/udp`)
  return new NothingListens(
    `the program does not listen on a TCP port after ${timeout / 1000} s; the image names ${expected.join(", ")}`,
    {
      hint: [
        ...(udp.length > 0 ? [`It listens on ${[...new Set(udp)].join(", ")}.`] : []),
        "If it is not a server, use --port 0: the program is then run to its end.",
      ].join("\n"),
    },
  )
}
