import { SeveralFailed, type Failure } from "../../command-line/exit.js"
import { BuildFailed } from "../../engine/engine.js"

/** Checks go on after one that fails, so that one run tells all that is wrong; it is told at the end. */
export class Failures {
  private readonly failures: { what: string | undefined; error: unknown }[] = []

  /**
   * @param what E.g. `module lib`; undefined where there is only one.
   * @returns Undefined where it failed.
   */
  async try<T>(what: string | undefined, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.failures.push({ what, error })
      // Without an engine, a disk or a registry, nothing after it works either.
      if (!(error instanceof BuildFailed || error instanceof SeveralFailed)) this.throwIfAny()
      return undefined
    }
  }

  /** @param summary The last line, where it says more than which failed. */
  throwIfAny(summary?: string): void {
    const [first, ...more] = this.failures
    if (first === undefined) return
    const { what, error } = first
    const isNamed = what !== undefined && error instanceof SeveralFailed
    if (more.length === 0 && summary === undefined && !isNamed) throw error
    throw new SeveralFailed(this.failures.flatMap(eachOf), summary)
  }
}

function eachOf({ what, error }: { what: string | undefined; error: unknown }): Failure[] {
  const inside = error instanceof SeveralFailed ? error.failures : [{ what: "", error }]
  return inside.map((each) => ({
    what: [what, each.what].filter(Boolean).join(": "),
    error: each.error,
  }))
}
