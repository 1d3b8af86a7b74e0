import { TemporaryFailure } from "../errors.js"

export interface StallOptions {
  /** Seconds without progress after which it is given up; 0 for never. */
  limit: number
  /** What is being waited for. */
  waitingFor: () => string
  /** Whether that is a program, which may work long without a word: a compiler does. */
  isProgram?: () => boolean
  say: (line: string) => void
}

/** Seconds of silence after which a person is told what is waited for; then every minute. */
const firstNotice = 20
const interval = 60
/** The same of a program. Its clock is shown all the time, and most that are silent for a minute are well. */
const ofProgram = 300

/** On a clock that nobody sets. To load `performance` would take a twentieth of the time of a plan. */
function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Notices where nothing moves on any more: a registry that sends nothing, a program that hangs. */
export class StallWatch {
  /** Aborted, with a TemporaryFailure, when it is given up. */
  readonly signal: AbortSignal
  private readonly abort = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private last = milliseconds()
  /** Seconds of silence at which the next line is due. */
  private due = firstNotice

  constructor(private readonly options: StallOptions) {
    this.signal = this.abort.signal
    this.wait()
  }

  /** Something has moved on. */
  progress(): void {
    // Many times a second: the timer looks for itself when it goes off.
    this.last = milliseconds()
    this.due = firstNotice
  }

  /** What comes now takes as long as it takes. */
  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private wait(): void {
    const { limit } = this.options
    const next = limit > 0 ? Math.min(this.due, limit) : this.due
    const remaining = this.last + next * 1000 - milliseconds()
    this.timer = setTimeout(
      () => {
        this.look()
      },
      Math.max(1, remaining),
    )
    // It keeps no process alive.
    this.timer.unref()
  }

  private look(): void {
    const { limit, waitingFor, isProgram, say } = this.options
    const silent = (milliseconds() - this.last) / 1000
    if (limit > 0 && silent >= limit) {
      const error = new TemporaryFailure(`no progress for ${limit} s: ${waitingFor()}`, {
        hint: "Try again, or give it more time with --stall-timeout (0: no limit).",
      })
      this.stop()
      this.abort.abort(error)
      return
    }
    if (silent >= this.due) {
      const what = waitingFor()
      const time = formatWhole(silent)
      const end = limit > 0 ? ` (is ended after ${formatWhole(limit)}: --stall-timeout)` : ""
      if (!isProgram?.()) say(`${what}: waiting, nothing new for ${time}${end}`)
      else if (this.due % ofProgram === 0) say(`${what}: running, no output for ${time}${end}`)
      this.due += this.due === firstNotice ? interval - firstNotice : interval
    }
    this.wait()
  }
}

function formatWhole(seconds: number): string {
  const whole = Math.round(seconds)
  return whole % 60 === 0 ? `${whole / 60} min` : `${whole} s`
}
