import { setTimeout as sleep } from "node:timers/promises"
import { TemporaryFailure } from "../errors.js"
import { NotDelivered } from "./engine.js"

/** Seconds before each further attempt. BuildKit itself tries some requests again for ten seconds or so. */
const pauses = [2, 8]

/** Does it again where a registry has failed in a way that may pass; what was built by then is in the engine's cache. */
export async function withRetries<T>(
  work: () => Promise<T>,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
  seconds: readonly number[] = pauses,
): Promise<T> {
  for (const pause of seconds) {
    try {
      return await work()
    } catch (error) {
      if (!isWorthRetrying(error)) throw error
      const [first] = error.message.split("\n")
      say(`${first}; trying again in ${pause} s`)
      await sleep(pause * 1000, undefined, { signal })
    }
  }
  return work()
}

function isWorthRetrying(error: unknown): error is Error {
  if (error instanceof NotDelivered) return error.retry
  return error instanceof TemporaryFailure && error.retry
}
