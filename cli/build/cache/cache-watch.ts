import type { ProgressEvent } from "../../engine/engine.js"

/** A registry that took the question and does not answer. */
export class CacheSilent extends Error {
  override name = "CacheSilent"
  constructor(seconds: number) {
    super(`no answer for ${seconds} s`)
  }
}

/** Before it sends layers, BuildKit compresses them, without a word. */
const exportSeconds = 60
const exporting = /^exporting cache /

/**
 * A cache's share of the time after which a build is given up that makes no progress.
 *
 * @param limit That time, in seconds; 0 for none.
 */
export function cacheTimeout(seconds: number, limit: number): number {
  return limit > 0 ? Math.min(seconds, limit / 2) : seconds
}

/**
 * Notices that a build waits for nothing but to write its cache. BuildKit itself waits without end for a registry that has taken
 * a connection; when a cache is read, nothing but its end makes it stop, so that one is asked before (ImportedCaches).
 */
export class CacheWatch {
  /** Aborted with a CacheSilent. */
  readonly signal: AbortSignal
  private readonly abort = new AbortController()
  private readonly running = new Map<string, string>()
  private readonly timer: NodeJS.Timeout
  private last = performance.now()

  /** @param limit As --stall-timeout has it. */
  constructor(limit: number) {
    this.signal = this.abort.signal
    const seconds = cacheTimeout(exportSeconds, limit)
    this.timer = setInterval(
      () => {
        this.look(seconds)
      },
      Math.min(1000, seconds * 200),
    )
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

  private look(seconds: number): void {
    const silent = (performance.now() - this.last) / 1000
    const isExporting = [...this.running.values()].some((name) => exporting.test(name))
    if (silent < seconds || !isExporting) return
    this.stop()
    this.abort.abort(new CacheSilent(seconds))
  }
}
