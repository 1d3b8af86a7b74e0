import type { ProgressEvent } from "../engine/engine.js"

/** A place that took the question and does not answer. A build is worth more than what it was asked for. */
export class CacheSilent extends Error {
  override name = "CacheSilent"
  constructor(seconds: number) {
    super(`no answer for ${seconds} s`)
  }
}

/** What BuildKit calls its steps. The second compresses layers, without a word, before it sends them. */
const patience = [
  { step: /^importing cache manifest from /, seconds: 30 },
  { step: /^exporting cache /, seconds: 60 },
]

/**
 * Notices that a build waits for a cache, and for nothing else: BuildKit itself waits without end for a registry that has
 * taken a connection.
 */
export class CacheWatch {
  /** Aborted with a CacheSilent. */
  readonly signal: AbortSignal
  private readonly abort = new AbortController()
  private readonly running = new Map<string, string>()
  private readonly timer: NodeJS.Timeout
  private last = performance.now()

  /** @param limit Seconds after which the whole build is given up; 0 for never. The cache is, in half of that. */
  constructor(private readonly limit: number) {
    this.signal = this.abort.signal
    const interval = limit > 0 ? Math.min(1000, limit * 100) : 1000
    this.timer = setInterval(() => {
      this.look()
    }, interval)
    this.timer.unref()
  }

  see(event: ProgressEvent): void {
    this.last = performance.now()
    if (event.type === "step-started") this.running.set(event.id, event.name)
    else if (event.type === "step-done") this.running.delete(event.id)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private look(): void {
    const silent = (performance.now() - this.last) / 1000
    for (const { step, seconds } of patience) {
      const most = this.limit > 0 ? Math.min(seconds, this.limit / 2) : seconds
      if (silent < most || ![...this.running.values()].some((name) => step.test(name))) continue
      this.stop()
      this.abort.abort(new CacheSilent(most))
      return
    }
  }
}
