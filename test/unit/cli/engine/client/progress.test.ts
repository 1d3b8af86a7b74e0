import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { BuildFailed, EngineLost, type ProgressEvent } from "../../../../../cli/engine/engine.js"
import { explainFailure } from "../../../../../cli/engine/client/failure.js"
import { exitCode } from "../../../../../cli/command-line/exit.js"
import { ProgressReader } from "../../../../../cli/engine/client/progress.js"
import { InternalError, UserError } from "../../../../../src/errors.js"

/** What buildctl 0.26.3 printed, with `--progress=rawjson`, in real builds; and buildx 0.13.1, which indents it. */
function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, "progress", `${name}.jsonl`), "utf8")
}

function read(name: string, pieces = (text: string) => [text]) {
  const events: ProgressEvent[] = []
  const reader = new ProgressReader((event) => events.push(event))
  for (const piece of pieces(recorded(name))) reader.write(piece)
  reader.end()
  const error = explainFailure(reader.failed, reader.complaints, "BuildKit")
  return { reader, events, error }
}

function output(events: ProgressEvent[]): string {
  return events.map((event) => (event.type === "log" ? event.text : "")).join("")
}

describe("ProgressReader", () => {
  it("tells when steps start and are done, and what they print", () => {
    const { events, reader } = read("success")
    expect(output(events)).toBe("grüße\ndone\n")
    const run = events.filter((event) => "name" in event && event.name.includes("RUN echo"))
    expect(run).toMatchObject([
      { type: "step-known" },
      { type: "step-started" },
      {
        type: "step-done",
        cached: false,
        startedAt: expect.any(Number) as number,
        seconds: expect.any(Number) as number,
      },
    ])
    expect(reader.failed).toBeUndefined()
    expect(reader.complaints).toEqual([])
  })

  it("starts every step before it is done", () => {
    const running = new Set<string>()
    for (const event of read("failed-step").events) {
      if (event.type === "step-started") running.add(event.id)
      if (event.type === "step-done") expect(running.delete(event.id)).toBe(true)
    }
    expect([...running]).toEqual([])
  })

  it("tells what was cached", () => {
    const cached = read("cached").events.filter(
      (event) => event.type === "step-done" && event.cached,
    )
    expect(cached.map((event) => "name" in event && event.name)).toEqual([
      "[1/3] COPY a.txt /",
      "[2/3] RUN echo grüße; echo done >&2",
    ])
  })

  it("takes the stream in any pieces", () => {
    const whole = read("success").events
    expect(read("success", (text) => [...text]).events).toEqual(whole)
  })

  it("reads objects of several lines", () => {
    const { error, events } = read("failed-step-buildx-0.13")
    expect(error).toMatchObject({
      step: expect.stringMatching(/^\[2\/2\] RUN echo "one \{"/) as string,
      output: "one {\n}\n# example.com/app\n",
      exitCode: 3,
    })
    expect(output(events)).toBe("one {\n}\n# example.com/app\n")
  })

  it("tells what is transferred only where that has moved on", () => {
    const events: ProgressEvent[] = []
    const reader = new ProgressReader((event) => events.push(event))
    const transfer = (current: number, completed?: string) => {
      const status = { id: "pushing layers", vertex: "a", current, total: 20, completed }
      reader.write(`${JSON.stringify({ statuses: [status] })}\n`)
    }
    for (const current of [0, 0, 10, 10, 10, 20]) transfer(current)
    transfer(20, "2026-11-21T10:51:29Z")
    transfer(20, "2026-11-21T10:51:29Z")
    expect(events).toEqual(
      [0, 10, 20, 20].map((current) => ({
        type: "transfer",
        id: "a",
        what: "pushing layers",
        current,
        total: 20,
      })),
    )
  })

  it("does not take a cache that is not there yet for the step that failed", () => {
    const reader = new ProgressReader(() => undefined)
    const vertexes = [
      { digest: "a", name: "importing cache manifest from r/cache", error: "not found" },
      { digest: "b", name: "[build 2/2] RUN go build", error: "exit code: 1" },
    ]
    reader.write(`${JSON.stringify({ vertexes })}\n`)
    expect(reader.failed?.name).toBe("[build 2/2] RUN go build")
  })

  it("leaves out of a failure what was compiled at some moment", () => {
    const reader = new ProgressReader(() => undefined)
    const vertexes = [{ digest: "a", name: "[build 2/2] RUN go build", error: "exit code: 1" }]
    reader.write(`${JSON.stringify({ vertexes })}\n`)
    for (const text of ["# a\ncomp", "iling: net/http\nlinking\n", "a.go:1:1: odd\n"]) {
      const data = Buffer.from(text).toString("base64")
      reader.write(`${JSON.stringify({ logs: [{ vertex: "a", data }] })}\n`)
    }
    expect(reader.failed?.output).toBe("# a\na.go:1:1: odd\n")
  })

  it("joins a character that arrives in two pieces", () => {
    const [first, second] = [Buffer.from("ü").subarray(0, 1), Buffer.from("ü").subarray(1)]
    const events: ProgressEvent[] = []
    const reader = new ProgressReader((event) => events.push(event))
    for (const data of [first, second]) {
      reader.write(`{"logs":[{"vertex":"a","data":"${data?.toString("base64") ?? ""}"}]}\n`)
    }
    expect(output(events)).toBe("ü")
  })
})

describe("explainFailure", () => {
  it("shows the output of the step that failed, not of those cancelled with it", () => {
    const { error } = read("failed-step")
    expect(error).toBeInstanceOf(BuildFailed)
    const { step, output, exitCode } = error as BuildFailed
    expect(step).toMatch(/^\[bad 1\/2\] RUN sleep 1; echo/)
    expect(exitCode).toBe(3)
    expect(output.split("\n").sort()).toEqual([
      "",
      "# example.com/app",
      "./main.go:3:15: undefined: fmt",
    ])
  })

  it.each([
    [
      'go: github.com/google/uuid@v1.6.0: Get "http://127.0.0.1:9/github.com/google/uuid/@v/v1.6.0.mod": dial tcp 127.0.0.1:9: connect: connection refused',
      75,
    ],
    [
      "main.go:3:8: github.com/google/uuid@v1.6.0: reading https://proxy.example.com/github.com/google/uuid/@v/v1.6.0.zip: 502 Bad Gateway",
      75,
    ],
    // That is for the project, or for whoever builds it, to change.
    [
      "go: example.com/none@v1.0.0: reading https://proxy.example.com/example.com/none/@v/v1.0.0.mod: 404 Not Found",
      3,
    ],
    // And what a test of the project says is none of ours.
    ['--- FAIL: TestGet: Get "http://127.0.0.1:9/": dial tcp 127.0.0.1:9: connection refused', 3],
  ])("tells a module that could not be downloaded: %s", (line, status) => {
    const error = "process did not complete successfully: exit code: 1"
    const output = `go: downloading github.com/google/uuid v1.6.0\n${line}\n`
    const told = explainFailure({ name: "[build 5/9] RUN x", error, output }, [], "BuildKit")
    expect(exitCode(told)).toBe(status)
    if (status === 75) {
      expect(told.message).toMatch(/^a module could not be downloaded: github\.com\/google\/uuid@/)
    }
  })

  it("names a base image whose registry cannot be reached", () => {
    const { error } = read("unreachable-registry")
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toBe(
      "the base image docker.io/library/golang:9.99 is not available: " +
        "dial tcp: lookup registry-1.docker.io on 192.0.2.53:53: no such host\n" +
        "Check that its registry can be reached from here.",
    )
  })

  it.each([
    [
      "not found",
      "docker.io/library/golang:9.99: not found",
      "Check its name, its tag, and the platforms it exists for.",
    ],
    [
      "not allowed",
      "failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized",
      "Log in to its registry, e.g. with `docker login`.",
    ],
  ])("tells a base image that is %s", (_, reason, hint) => {
    const name = "[internal] load metadata for docker.io/library/golang:9.99"
    const error = explainFailure({ name, error: reason, output: "" }, [], "BuildKit")
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toContain(hint)
  })

  it("tells that the Dockerfile's frontend cannot be fetched", () => {
    // Docker 26.1.5 with buildx 0.13.1, without a network.
    const complaint =
      'ERROR: failed to solve: failed to resolve source metadata for docker.io/docker/dockerfile:1: failed to do request: Head "https://registry-1.docker.io/v2/docker/dockerfile/manifests/1": dial tcp: lookup registry-1.docker.io on 10.0.0.1:53: no such host'
    const told = explainFailure(undefined, [complaint], "Docker 26.1.5")
    expect(exitCode(told)).toBe(75)
    expect(told.message).toMatch(
      /^the Dockerfile frontend docker\/dockerfile:1 is not available: dial tcp: .*no such host\n/,
    )
  })

  it("says what a failed COPY misses", () => {
    const { error } = read("missing-file")
    expect(error).toBeInstanceOf(BuildFailed)
    expect(error).toMatchObject({
      step: "[1/2] COPY nothing.txt /",
      output: '"/nothing.txt": not found',
      exitCode: undefined,
    })
  })

  it("takes a Dockerfile that does not parse for our mistake", () => {
    const { error } = read("bad-dockerfile")
    expect(error).toBeInstanceOf(InternalError)
    expect(error.message).toContain("line 2: unknown instruction: RUNN")
  })

  it.each([
    ["failed to push a/b: 401 Unauthorized", 2, "Log in to the registry first"],
    ["failed to push a/b: 503 Service Unavailable", 75, "try again"],
    [`failed to copy sha256:${"401".repeat(21)}4: broken`, 2, /broken$/],
    ["write /var/lib/buildkit/x: no space left on device", 4, "no space left"],
  ])("tells an image that was not accepted: %s", (error, code, message) => {
    const step = { name: "exporting to image", error, output: "" }
    const told = explainFailure(step, [], "BuildKit")
    expect(told).toBeInstanceOf(UserError)
    expect(told.message).toMatch(message)
    expect(exitCode(told)).toBe(code)
  })

  it("tells a disk that became full while a program compiled, with what that said", () => {
    const name = "[build 4/4] RUN go build"
    const output = "# example.com/app\nlink: write /tmp/x: no space left on device\n"
    const told = explainFailure({ name, error: "exit code: 1", output }, [], "BuildKit")
    expect(told.message).toMatch(
      /^the machine that builds reports: link: write .*no space left on device\n# example\.com\/app\n/,
    )
    expect(exitCode(told)).toBe(4)
  })

  it("tells an engine that went away", () => {
    const lost = 'error: failed to receive status: rpc error: code = Unavailable desc = "EOF"'
    const error = explainFailure(undefined, [lost], "BuildKit at tcp://example.com:1234")
    expect(error).toBeInstanceOf(EngineLost)
    expect(error.message).toMatch(/^BuildKit at tcp:\/\/example.com:1234 does not answer: /)
    expect(exitCode(error)).toBe(75)
  })

  it("is never without words", () => {
    expect(explainFailure(undefined, [], "BuildKit").message).toBe(
      "BuildKit refused the build: no reason given",
    )
  })
})
