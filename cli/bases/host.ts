import { askRegistries, registriesExpected } from "./resolve.js"
import { hostGoEnvironment } from "../system/goenv.js"

/** What an engine of ours has to know of this machine. All of it is asked at once, and each answer waited for by who needs it. */
export interface Host {
  /** How the machine gets modules; the engine gets them in the same way. */
  goEnvironment: Promise<Record<string, string>>
  /** The registries of the base images, and whether they answer. */
  registries: Promise<ReadonlyMap<string, boolean>>
  /** Whether they can be expected to answer. */
  registriesExpected: boolean
}

export function lookAround(images: string[], signal: AbortSignal): Host {
  const expected = registriesExpected()
  const host = {
    goEnvironment: hostGoEnvironment(signal),
    registries: askRegistries(images, signal, expected),
    registriesExpected: expected,
  }
  // Whoever waits for it hears of it.
  for (const answer of [host.goEnvironment, host.registries]) answer.catch(() => undefined)
  return host
}

/**
 * Does what needs registries without waiting to hear whether they answer, and calls it off where one does not.
 *
 * @returns What came of it; undefined where it was called off.
 */
export async function unlessRefused<T>(
  registries: Host["registries"],
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const refused = new AbortController()
  const callOff = (answers: ReadonlyMap<string, boolean>) => {
    if (!allAnswer(answers)) refused.abort()
  }
  registries.then(callOff, () => undefined)
  try {
    return await work(AbortSignal.any([signal, refused.signal]))
  } catch (error) {
    signal.throwIfAborted()
    if (allAnswer(await registries)) throw error
    return undefined
  }
}

function allAnswer(registries: ReadonlyMap<string, boolean>): boolean {
  return [...registries.values()].every(Boolean)
}
