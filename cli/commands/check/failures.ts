import { SeveralFailed, type Failure } from "../../command-line/exit.js"
import { BuildFailed } from "../../engine/engine.js"

/** Checks go on after one that fails, so that one run tells all that is wrong; it is told at the end. */
export class Failures {
  private readonly failures: Failure[] = []

  /**
   * @param what E.g. `module lib`; undefined where there is only one.
   * @returns Undefined where it failed.
   */
  async try<T>(what: string | undefined, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.add(what, error)
      // Without an engine, a disk or a registry, nothing after it works either.
      if (!(error instanceof BuildFailed || error instanceof SeveralFailed)) this.throwIfAny()
      return undefined
    }
  }

  /** @param summary The last line, where it says more than which failed. */
  throwIfAny(summary?: string): void {
    const [first, ...more] = this.failures
    if (first === undefined) return
    throw more.length === 0 && summary === undefined
      ? first.error
      : new SeveralFailed(this.failures, summary)
  }

  private add(what: string | undefined, error: unknown): void {
    const inside = error instanceof SeveralFailed ? error.failures : [{ what: "", error }]
    for (const each of inside) {
      const name = [what, each.what].filter(Boolean).join(": ")
      this.failures.push({ what: name, error: each.error })
    }
  }
}
