import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Terminal } from "../../../../../cli/terminal/terminal.js"
import { Screen } from "./screen.js"

beforeEach(() => {
  // What the screen itself waits with stays real.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "hrtime"] })
})

afterEach(() => {
  vi.useRealTimers()
})

async function start(columns = 60, rows = 12, environment = {}) {
  const screen = new Screen(columns, rows)
  const terminal = new Terminal(screen.stream, { environment })
  await terminal.prepare()
  const step = (id: string, name: string) => ({ id, name: `[build ${id}/9] ${name}` })
  return {
    screen,
    terminal,
    known: (id: string, name: string) => {
      terminal.progress({ type: "step-known", ...step(id, name) })
    },
    started: (id: string, name: string) => {
      terminal.progress({ type: "step-started", ...step(id, name) })
    },
    done: (
      id: string,
      name: string,
      { cached = false, error }: { cached?: boolean; error?: string } = {},
    ) => {
      const seconds = cached ? 0 : 1.5
      const event = {
        ...step(id, name),
        cached,
        seconds,
        startedAt: 0,
        ...(error !== undefined && { error }),
      }
      terminal.progress({ type: "step-done", ...event })
    },
    pass: (seconds: number) => {
      vi.advanceTimersByTime(seconds * 1000)
    },
  }
}

/** Without what turns. */
const still = (lines: string[]) => lines.map((line) => line.replace(/^[⠀-⣿]/, "*"))

describe("progress on a terminal", () => {
  it("is drawn once, however often a build begins, and not at all when it is over", async () => {
    const { screen, terminal, started, done, pass } = await start()
    terminal.say("building with BuildKit")
    await terminal.prepare()
    started("1", "RUN go build")
    done("1", "RUN go build")
    terminal.finish()
    pass(5)
    terminal.say("http://127.0.0.1:8080/ answers: 200 OK")
    expect(await screen.lines()).toEqual([
      "building with BuildKit",
      "  build: go build  1.5 s",
      "http://127.0.0.1:8080/ answers: 200 OK",
    ])
  })

  it("is one line with a clock of what is built again, of which nothing stays, and makes room for others", async () => {
    const { screen, terminal, pass } = await start()
    terminal.say("main.go: building")
    const event = (type: "step-started", id: string, name: string) => ({
      ...{ type, id, name: `[build ${id}/9] ${name}` },
    })
    terminal.progress(event("step-started", "1", "RUN go build"), true)
    terminal.progress(event("step-started", "2", "RUN npm ci"), true)
    terminal.progress({ type: "log", id: "2", text: "note: added\n" }, true)
    pass(2)
    expect(still(await screen.lines())).toEqual([
      "main.go: building",
      "* build: go build, and 1 more  2.0 s",
    ])
    terminal.progress({ type: "log", id: "1", text: "compiling: a\n" }, true)
    pass(0.5)
    expect(still(await screen.lines())).toEqual([
      "main.go: building",
      "* build: go build (compiling a), and 1 more  2.5 s",
    ])
    terminal.aside(() => screen.stream.write("web | a request\n"))
    expect(still(await screen.lines())).toEqual([
      "main.go: building",
      "web | a request",
      "* build: go build (compiling a), and 1 more  2.5 s",
    ])
    for (const id of ["1", "2"]) {
      const done = { id, name: `[build ${id}/9] RUN x`, cached: false, startedAt: 0, seconds: 2.5 }
      terminal.progress({ type: "step-done", ...done }, true)
    }
    terminal.finish()
    expect(await screen.lines()).toEqual(["main.go: building", "web | a request"])
  })

  it("shows all steps that run with their clocks, what they print and transfer, and how many are done", async () => {
    const { screen, terminal, known, started, done, pass } = await start()
    known("3", "RUN late")
    started("1", "FROM golang")
    started("2", "RUN npm ci")
    done("0", "WORKDIR /src", { cached: true })
    terminal.progress({ type: "transfer", id: "1", what: "sha256:a", current: 12e6, total: 34e6 })
    terminal.progress({ type: "transfer", id: "1", what: "sha256:b", current: 1e6, total: 6e6 })
    terminal.progress({ type: "log", id: "2", text: "added 3 packages\nadded 4" })
    pass(2.5)
    expect(still(await screen.lines())).toEqual([
      "  build: work in /src  cached",
      "* build: FROM golang  2.5 s  13.0 MB of 40.0 MB",
      "* build: npm ci  2.5 s",
      "    added 3 packages",
      "  1 of 4 steps, 1 cached, 2.5 s",
    ])
    done("1", "FROM golang")
    pass(70)
    expect(still(await screen.lines())).toEqual([
      "  build: work in /src  cached",
      "  build: FROM golang  1.5 s",
      "* build: npm ci  1 min 12 s",
      "    added 3 packages",
      "  2 of 4 steps, 1 cached, 1 min 12 s",
    ])
    done("2", "RUN npm ci", { error: "exit code: 1" })
    terminal.fail("npm error\nfailed (exit code 1): build: npm ci", 3)
    expect(await screen.lines()).toEqual([
      "  build: work in /src  cached",
      "  build: FROM golang  1.5 s",
      "  build: npm ci  failed",
      "npm error",
      "failed (exit code 1): build: npm ci",
    ])
  })

  it("shows with a clock what comes before steps, such as an engine's start", async () => {
    const { screen, terminal, started, pass } = await start()
    terminal.say("compiling BuildKit (once)")
    pass(31)
    expect(still(await screen.lines())).toEqual(["* compiling BuildKit (once)  31.0 s"])
    terminal.say("building with BuildKit")
    started("1", "RUN a")
    pass(1)
    expect(still(await screen.lines())).toEqual([
      "compiling BuildKit (once)",
      "building with BuildKit",
      "* build: a  1.0 s",
      "  0 of 1 steps, 1.0 s",
    ])
    terminal.finish()
    terminal.say("wrote app.tar")
    expect((await screen.lines()).slice(2)).toEqual(["wrote app.tar"])
  })

  it.each([
    [20, "* build: COP…  1.0 s"],
    [40, "* build: COPY 日本語/パッケージ/…  1.0 s"],
    [200, `* build: COPY 日本語/パッケージ/👩‍👩‍👧/${"x".repeat(50)}  1.0 s`],
  ])("of %i columns, a name is cut and the clock is not", async (columns, line) => {
    const { screen, started, done, pass } = await start(columns)
    const name = `COPY 日本語/パッケージ/👩‍👩‍👧/${"x".repeat(50)}`
    started("1", name)
    pass(1)
    const [first = "", , more] = still(await screen.lines())
    expect(first).toBe(line)
    expect(more).toBeUndefined()
    done("1", name)
    expect((await screen.lines()).at(0)).toMatch(
      columns < 200 ? /^ {2}build: .*… {2}1\.5 s$/ : /x {2}1\.5 s$/,
    )
  })

  it("of few rows, shows as many steps as there is room for", async () => {
    const { screen, started, pass } = await start(60, 6)
    for (const id of "12345678") started(id, `RUN ${id}`)
    pass(1)
    expect(still(await screen.lines())).toEqual([
      "* build: 1  1.0 s",
      "* build: 2  1.0 s",
      "* build: 3  1.0 s",
      "  and 5 more",
      "  0 of 8 steps, 1.0 s",
    ])
  })

  it("leaves nothing behind of what was drawn where the terminal becomes narrower, or wider", async () => {
    const { screen, terminal, started, done, pass } = await start(100)
    terminal.say("module: example.com/app  (go.mod:1)")
    started("1", `RUN ${"a".repeat(80)}`)
    started("2", `RUN ${"b".repeat(50)}`)
    for (const columns of [60, 30, 45, 100, 25]) {
      pass(1)
      await screen.resize(columns)
    }
    done("1", `RUN ${"a".repeat(80)}`)
    done("2", `RUN ${"b".repeat(50)}`)
    terminal.finish()
    expect(await screen.lines()).toEqual([
      "module: example.com/app  (go.mod:1)",
      "  build: aaaaaaaa…  1.5 s",
      "  build: bbbbbbbb…  1.5 s",
    ])
  })

  it("stays as it is, whatever the programs of steps print", async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\u001B[2J",
        "\u001B[3A",
        "\u001B[H",
        "\u001Bc",
        "\u001B[?1049h",
        "\u009B9A",
        "\r",
        "\b\b",
        "\n",
        "\u001B]0;x",
        "\u001B[1;3r",
      ),
      fc.string({ unit: "grapheme", maxLength: 9 }),
    )
    const texts = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""))
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { maxLength: 6 }), async (printed) => {
        const { screen, terminal, started, done, pass } = await start(40, 30)
        terminal.say("first")
        started("1", "RUN hook")
        for (const text of printed) {
          terminal.progress({ type: "log", id: "1", text })
          pass(0.1)
        }
        done("1", "RUN hook")
        terminal.finish()
        const lines = (await screen.lines()).filter((line) => !line.startsWith("note: "))
        expect(lines).toEqual(["first", "  build: hook  1.5 s"])
      }),
      { numRuns: 60 },
    )
  })

  it("is drawn where the terminal has no size", async () => {
    const { screen, started, pass } = await start()
    screen.columns = screen.rows = 0
    started("1", "RUN a")
    pass(1)
    expect(still(await screen.lines())).toEqual(["* build: a  1.0 s", "  0 of 1 steps, 1.0 s"])
  })

  it("draws with letters that the console of Linux has", async () => {
    const { screen, started, pass } = await start(20, 9, { TERM: "linux" })
    started("1", `RUN ${"a".repeat(80)}`)
    pass(1)
    expect((await screen.lines())[0]).toMatch(/^[-\\|/] build: a+~ {2}1\.0 s$/)
  })
})
