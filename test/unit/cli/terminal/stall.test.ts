import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { exitCode } from "../../../../cli/command-line/exit.js"
import { StallWatch } from "../../../../cli/terminal/stall.js"
import { Terminal } from "../../../../cli/terminal/terminal.js"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function watching(limit: number) {
  const said: string[] = []
  const watch = new StallWatch({
    limit,
    waitingFor: () => "pushing layers",
    say: (line) => said.push(line),
  })
  return { watch, said, pass: (seconds: number) => vi.advanceTimersByTime(seconds * 1000) }
}

describe("StallWatch", () => {
  it("says what it waits for after 20 s, then every minute, then gives up", () => {
    const { watch, said, pass } = watching(150)
    pass(19)
    expect(said).toEqual([])
    pass(1)
    expect(said).toEqual([
      "pushing layers: waiting, nothing new for 20 s (is ended after 150 s: --stall-timeout)",
    ])
    pass(110)
    expect(said.slice(1)).toEqual([
      "pushing layers: waiting, nothing new for 1 min (is ended after 150 s: --stall-timeout)",
      "pushing layers: waiting, nothing new for 2 min (is ended after 150 s: --stall-timeout)",
    ])
    expect(watch.signal.aborted).toBe(false)
    pass(20)
    const reason = watch.signal.reason as Error
    expect(reason.message).toBe(
      "no progress for 150 s: pushing layers\nTry again, or give it more time with --stall-timeout (0: no limit).",
    )
    expect(exitCode(reason)).toBe(75)
    expect(vi.getTimerCount()).toBe(0)
  })

  it("says and ends nothing while something moves on", () => {
    const { watch, said, pass } = watching(30)
    for (let second = 0; second < 600; second += 15) {
      pass(15)
      watch.progress()
    }
    expect(said).toEqual([])
    expect(watch.signal.aborted).toBe(false)
    pass(25)
    watch.progress()
    pass(25)
    expect(said).toHaveLength(2)
    expect(watch.signal.aborted).toBe(false)
  })

  it("has no limit with 0, and a short one at once", () => {
    const { watch, said, pass } = watching(0)
    pass(24 * 3600)
    expect(watch.signal.aborted).toBe(false)
    expect(said).toHaveLength(1 + 24 * 60)
    const short = watching(1)
    short.pass(1)
    expect(short.watch.signal.aborted).toBe(true)
    expect(short.said).toEqual([])
  })

  it("lets a program work without a word for five minutes, and gives it up all the same", () => {
    const said: string[] = []
    const watch = new StallWatch({
      limit: 1200,
      waitingFor: () => "build: go build .",
      isProgram: () => true,
      say: (line) => said.push(line),
    })
    vi.advanceTimersByTime(299_000)
    expect(said).toEqual([])
    vi.advanceTimersByTime(302_000)
    expect(said).toEqual([
      "build: go build .: running, no output for 5 min (is ended after 20 min: --stall-timeout)",
      "build: go build .: running, no output for 10 min (is ended after 20 min: --stall-timeout)",
    ])
    vi.advanceTimersByTime(600_000)
    expect(watch.signal.aborted).toBe(true)
  })

  it("leaves alone what comes after it was stopped", () => {
    const { watch, said, pass } = watching(1)
    watch.stop()
    watch.progress()
    pass(1000)
    expect(said).toEqual([])
    expect(watch.signal.aborted).toBe(false)
  })
})

describe("what the terminal is doing", () => {
  const terminal = () => {
    const written: string[] = []
    const stream = { isTTY: false, write: (text: string) => written.push(text) }
    return { terminal: new Terminal(stream as unknown as NodeJS.WriteStream), written }
  }

  it("is what it said last, else the steps that run, with what they transfer", () => {
    const { terminal: it } = terminal()
    it.say("installing runc (apt-get)")
    it.say("note: Go 1.25 gets no more security releases")
    expect(it.doing).toBe("installing runc (apt-get)")
    it.begin("starting BuildKit")
    expect(it.doing).toBe("starting BuildKit")
    it.progress({ type: "step-started", id: "a", name: "exporting to image" })
    it.progress({ type: "transfer", id: "a", what: "pushing layers", current: 0 })
    it.progress({ type: "step-started", id: "b", name: "[build 3/4] RUN go build" })
    expect(it.doing).toMatch(/^exporting to image \(pushing layers\), build: go build$/)
    it.progress({
      type: "step-done",
      id: "b",
      name: "[build 3/4] RUN go build",
      cached: false,
      startedAt: 0,
      seconds: 1,
    })
    it.remark("still waiting")
    expect(it.doing).toBe("exporting to image (pushing layers)")
  })

  it("is a program where steps run one, and nothing is transferred", () => {
    const { terminal: it } = terminal()
    it.say("starting BuildKit")
    expect(it.isRunningProgram).toBe(false)
    it.progress({ type: "step-started", id: "b", name: "[build 3/4] RUN go build" })
    expect(it.isRunningProgram).toBe(true)
    it.progress({ type: "step-started", id: "a", name: "[internal] load build context" })
    expect(it.isRunningProgram).toBe(false)
  })

  it("is told to the watch at every event, but not by a remark", () => {
    const { terminal: it } = terminal()
    const progress = vi.fn()
    it.watch = { progress, stop: vi.fn() }
    it.remark("still waiting")
    expect(progress).not.toHaveBeenCalled()
    it.say("a")
    it.progress({ type: "log", id: "a", text: "b" })
    it.progress({ type: "transfer", id: "a", what: "c", current: 1 })
    expect(progress).toHaveBeenCalledTimes(3)
  })
})
