/** Milliseconds without another change after which a save is over: an editor's are a few, those of `git checkout` many. */
const quiet = 30

/** What was saved together. */
export interface Change {
  /** Paths in the source, the first changed first. */
  files: string[]
  /** When the last of them was saved, in milliseconds since 1970. */
  savedAt: number
}

export interface ChangesOptions {
  /** Whether more is to come, however long nothing does: Git is writing files. */
  isBusy?: () => boolean
  /** Whether a file counts, once all is quiet; others are forgotten. */
  counts?: (file: string) => boolean
}

/** Gathers changes of single files into what is built once. None is lost, whenever it comes. */
export class Changes {
  private readonly files = new Set<string>()
  private savedAt = 0
  private timer: NodeJS.Timeout | undefined
  private isReady = false
  private wake: (() => void) | undefined

  constructor(private readonly options: ChangesOptions = {}) {}

  add(file: string, savedAt = Date.now()): void {
    this.files.add(file)
    this.savedAt = Math.max(this.savedAt, savedAt)
    this.isReady = false
    this.waitForQuiet()
  }

  /** Resolves with all that has changed since it did so the last time, once there is something; rejects on the signal. */
  async next(signal: AbortSignal): Promise<Change> {
    await this.somethingChanged(signal)
    const change = { files: [...this.files], savedAt: this.savedAt }
    this.files.clear()
    this.savedAt = 0
    this.isReady = false
    return change
  }

  /** Resolves when `next` has something, and takes nothing of it. */
  somethingChanged(signal: AbortSignal): Promise<void> {
    if (this.isReady) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const before = this.wake
      const stop = () => {
        reject(signal.reason as Error)
      }
      if (signal.aborted) return stop()
      signal.addEventListener("abort", stop, { once: true })
      this.wake = () => {
        before?.()
        signal.removeEventListener("abort", stop)
        resolve()
      }
    })
  }

  private waitForQuiet(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      const { isBusy, counts } = this.options
      if (isBusy?.()) return this.waitForQuiet()
      for (const file of this.files) if (counts?.(file) === false) this.files.delete(file)
      if (this.files.size === 0) {
        this.savedAt = 0
        return
      }
      this.isReady = true
      this.wake?.()
      this.wake = undefined
    }, quiet)
  }
}
