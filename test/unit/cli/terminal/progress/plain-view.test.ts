import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Terminal, type TerminalOptions } from "../../../../../cli/terminal/terminal.js"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** No terminal, but for what is said otherwise. */
function start(options: TerminalOptions = {}, isTTY = false) {
  let text = ""
  const stream = { isTTY, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream
  const terminal = new Terminal(stream, { environment: {}, ...options })
  return {
    terminal,
    lines: () => text.split("\n").slice(0, -1),
    objects: () =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    pass: (seconds: number) => {
      vi.advanceTimersByTime(seconds * 1000)
    },
  }
}

const go = { id: "a", name: '[build 3/4] RUN ["go","build","./cmd/api"]' }
const copy = { id: "b", name: "[image 1/2] COPY a b" }

function buildIn(terminal: Terminal, pass: (seconds: number) => void) {
  terminal.say("Go version: 1.25  (go.mod:3)")
  terminal.progress({ type: "step-known", ...copy })
  terminal.progress({ type: "step-started", ...go })
  pass(25)
  terminal.progress({
    type: "log",
    id: "a",
    text: "\u001B[32mgo: down\u001B[2Jloading x\nnote: so be it\nrest",
  })
  terminal.progress({ type: "transfer", id: "a", what: "sha256:1", current: 5e6, total: 2e7 })
  pass(6)
  terminal.progress({ type: "step-done", ...go, cached: false, startedAt: 0, seconds: 31 })
  terminal.progress({ type: "step-started", ...copy })
  terminal.progress({ type: "step-done", ...copy, cached: true, startedAt: 0, seconds: 0 })
  pass(60)
  terminal.finish()
}

describe("progress without a terminal", () => {
  it("is a line where a step starts, every 10 s of a long one, and where it is done", () => {
    const { terminal, lines, pass } = start()
    buildIn(terminal, pass)
    expect(lines()).toEqual([
      "Go version: 1.25  (go.mod:3)",
      "  build: go build ./cmd/api  started",
      "  build: go build ./cmd/api  10 s so far, 0 of 2 steps done",
      "  build: go build ./cmd/api  20 s so far, 0 of 2 steps done",
      "note: so be it",
      "  build: go build ./cmd/api  30 s so far, 5.0 MB of 20.0 MB, 0 of 2 steps done",
      "  build: go build ./cmd/api  31.0 s",
      "  image: COPY a b  cached",
    ])
  })

  it("is of what several builds share a line in the first one", () => {
    const { terminal, lines } = start()
    const build = (...steps: { id: string; name: string; cached: boolean }[]) => {
      for (const { id, name, cached } of steps) {
        terminal.progress({ type: "step-started", id, name })
        terminal.progress({ type: "step-done", id, name, cached, startedAt: 0, seconds: 1 })
      }
      terminal.finish()
    }
    const arm = { id: "c", name: copy.name.replace("[", "[linux/arm64 "), cached: true }
    build({ ...go, cached: false }, { ...copy, cached: true })
    build({ ...go, id: "d", cached: true }, { ...copy, id: "e", cached: true }, arm)
    build({ ...go, cached: false })
    expect(lines()).toEqual([
      "  build: go build ./cmd/api  1.0 s",
      "  image: COPY a b  cached",
      // The same for another platform.
      "  image: COPY a b  cached",
      "  build: go build ./cmd/api  1.0 s",
    ])
  })

  it("names what is compiled at the moment, as the program has said it last", () => {
    const { terminal, lines, pass } = start()
    const say = (text: string) => {
      terminal.progress({ type: "log", id: "a", text })
    }
    terminal.progress({ type: "step-started", ...go })
    say(
      "compiling: runtime\ncompiling: net/http, github.com/mattn/go-sqlite3 and 2 more\nno: word\ncompi",
    )
    pass(11)
    say("ling: a\nlinking\n")
    pass(10)
    expect(lines().slice(1)).toEqual([
      "  build: go build ./cmd/api  10 s so far (compiling net/http, github.com/mattn/go-sqlite3 and 2 more), 0 of 1 steps done",
      "  build: go build ./cmd/api  20 s so far (linking), 0 of 1 steps done",
    ])
    terminal.finish()
  })

  it("is of what is built again a line every 10 s, and nothing where it is quick", () => {
    const { terminal, lines, pass } = start()
    const run = (seconds: number) => {
      terminal.progress({ type: "step-started", ...go }, true)
      pass(seconds)
      terminal.progress({ type: "step-done", ...go, cached: false, startedAt: 0, seconds }, true)
      terminal.finish()
    }
    run(5)
    expect(lines()).toEqual([])
    run(12)
    expect(lines()).toEqual([
      "  build: go build ./cmd/api  10 s so far, 0 of 1 steps done",
      "  build: go build ./cmd/api  12.0 s",
    ])
  })

  it("shows what programs print where that is asked for, in whole lines", () => {
    const { terminal, lines, pass } = start({ verbose: true })
    buildIn(terminal, pass)
    expect(lines().filter((line) => line.startsWith("    "))).toEqual([
      "    go: downloading x",
      "    note: so be it",
      "    rest",
    ])
  })

  it("has colours where they are asked for, and stays readable without", () => {
    const { terminal, lines, pass } = start({ verbose: true, environment: { FORCE_COLOR: "1" } })
    buildIn(terminal, pass)
    expect(lines()).toContain("Go version: 1.25\u001B[2m  (go.mod:3)\u001B[22m")
    expect(lines()).toContain("    \u001B[32mgo: downloading x\u001B[0m")
    expect(lines()).toContain("\u001B[2m  image: COPY a b  cached\u001B[22m")
  })

  it.each([
    ["plain is asked for", { progress: "plain" }, {}],
    ["the terminal can do no more", {}, { TERM: "dumb" }],
  ] as const)("is the same in a terminal where %s", async (_, options, environment) => {
    const { terminal, lines, pass } = start({ ...options, environment }, true)
    await terminal.prepare()
    buildIn(terminal, pass)
    expect(lines()).toContainEqual(expect.stringContaining("go build ./cmd/api  20 s so far"))
    expect(lines().join("")).not.toContain("\u001B[1A")
  })

  it.each([{ progress: "quiet" }, { progress: "quiet", verbose: true }] as const)(
    "with %j, is nothing but what is wrong",
    (options) => {
      const { terminal, lines, pass } = start(options)
      buildIn(terminal, pass)
      terminal.say("note: it is told, and nothing is wrong")
      expect(lines()).toEqual([])
      terminal.warn("it answers 500")
      terminal.fail("\u001B[2Jfailed", 3)
      expect(lines()).toEqual(["note: it answers 500", "failed"])
    },
  )

  it("is told to programs as an object a line", () => {
    const { terminal, objects, pass } = start({ progress: "json" })
    buildIn(terminal, pass)
    terminal.fail("failed (exit code 1): build: go build", 3)
    const events = objects()
    for (const { time } of events) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const name = "build: go build ./cmd/api"
    const ofGo = { type: "step", id: "a", name }
    const ofCopy = { type: "step", id: "b", name: "image: COPY a b" }
    expect(events.map(({ time: _, ...event }) => event)).toEqual([
      { type: "message", text: "Go version: 1.25  (go.mod:3)" },
      { ...ofGo, state: "started", done: 0, total: 2 },
      { type: "output", id: "a", text: "go: downloading x" },
      { type: "output", id: "a", text: "note: so be it" },
      { type: "transfer", id: "a", what: "sha256:1", bytes: 5e6, totalBytes: 2e7 },
      { type: "output", id: "a", text: "rest" },
      { ...ofGo, state: "done", cached: false, seconds: 31, done: 1, total: 2 },
      { ...ofCopy, state: "started", done: 1, total: 2 },
      { ...ofCopy, state: "done", cached: true, seconds: 0, done: 2, total: 2 },
      { type: "error", text: "failed (exit code 1): build: go build", exitCode: 3 },
    ])
  })
})
