import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"

import type { BuilderOptions } from "../../../../cli/build/solver.js"
import { Builder } from "../../../../cli/build/builder.js"
import { parseArguments } from "../../../../cli/command-line/build-command.js"
import { BuildFailed, type BuildRequest, type Engine } from "../../../../cli/engine/engine.js"
import { Terminal } from "../../../../cli/terminal/terminal.js"

const planned = { stages: [], sourceExclude: [] }

/** What go build prints where the volume that is mounted is not the one that modules were downloaded to. */
const downloads = `go: downloading git.example/team/one v1.0.3
main.go:7:2: git.example/team/one@v1.0.3: no secure protocol found for repository
`

/** A build that waits without end for what a step of this name does. */
const waits = (step: string) => (request: BuildRequest) =>
  new Promise<never>((_, reject) => {
    request.onProgress({ type: "step-started", id: "1", name: step })
    request.signal?.addEventListener("abort", () => {
      reject(request.signal?.reason as Error)
    })
  })

type Failure = Error | ReturnType<typeof waits>

/** An engine that has a failure for each of its first builds. */
function engineWith(failures: (Failure | undefined)[]) {
  const builds: BuildRequest[] = []
  const engine: Engine = {
    name: "a stand-in",
    canLoad: false,
    embedded: false,
    build: (request) => {
      builds.push(request)
      const failure = failures[builds.length - 1]
      if (typeof failure === "function") return failure(request)
      return failure ? Promise.reject(failure) : Promise.resolve({ metadata: {} })
    },
    close: () => Promise.resolve(),
  }
  return { builds, engine }
}

async function build(
  failures: (Failure | undefined)[],
  secrets: Record<string, string>,
  options: string[] = [],
) {
  const { builds, engine } = engineWith(failures)
  let said = ""
  const stream = { isTTY: false, write: (text: string) => (said += text) }
  const builderOptions: BuilderOptions = {
    request: parseArguments([".", ...options], {}),
    source: "/project",
    neverSent: [],
    secrets,
    terminal: new Terminal(stream as unknown as NodeJS.WriteStream, { environment: {} }),
    signal: new AbortController().signal,
  }
  const builder = Builder.on(engine, builderOptions, [planned])
  const ended = builder
    .build(planned, () => "", { type: "none" })
    .then(() => builder.exportCache(planned, () => ""))
    .then(
      () => "built",
      (error: unknown) => error,
    )
  const result = await ended
  const caches = builds.map(({ cacheFrom, cacheTo }) => [cacheFrom?.length ?? 0, cacheTo ? 1 : 0])
  const given = builds.map(({ buildArgs }) => Object.keys(buildArgs ?? {}))
  return { result, said, arguments: given, caches }
}

describe("private modules that the engine's cache has, and the volume has not", () => {
  const failure = new BuildFailed("build: go build .", downloads, 1)
  const netrc = { netrc: "/run/netrc" }

  it("are downloaded again, once", async () => {
    const { result, said, arguments: given } = await build([failure], netrc)
    expect(result).toBe("built")
    expect(said).toBe(
      "note: private modules of an earlier build are no longer in the cache volume; downloading them again\n",
    )
    expect(given).toEqual([[], ["GO_IMAGE_BUILD"]])
    const twice = await build([failure, failure], netrc)
    expect(twice.result).toBe(failure)
    expect(twice.arguments).toHaveLength(2)
  })

  it.each<[string, Error, Record<string, string>, string[]]>([
    ["no password was given", failure, {}, []],
    ["all steps were run", failure, netrc, ["--no-cache"]],
    ["the code is wrong", new BuildFailed("build: go build .", "main.go:3:1: x", 1), netrc, []],
    [
      "a download failed",
      new BuildFailed("build: download.sh go mod download", downloads, 1),
      netrc,
      [],
    ],
  ])("fail the build at once where %s", async (_, error, secrets, options) => {
    const { result, said, arguments: given } = await build([error], secrets, options)
    expect(result).toBe(error)
    expect(said).toBe("")
    expect(given).toHaveLength(1)
  })
})

describe("a cache that does not answer is given up", () => {
  // Nobody is there, which is no reason to wait.
  const reference = "127.0.0.1:1/app:cache"
  const notesIn = (said: string) => said.split("\n").filter((line) => line.startsWith("note: "))
  const options = ["--cache-image", reference, "--stall-timeout", "2s"]

  it("when it is read, and is not written then", async () => {
    const server = createServer(() => undefined).listen(0, "127.0.0.1")
    await once(server, "listening")
    const silent = `127.0.0.1:${(server.address() as AddressInfo).port}/app:cache`
    try {
      const given = ["--cache-image", silent, "--stall-timeout", "2s"]
      const { result, said, caches } = await build([], {}, given)
      expect(result).toBe("built")
      expect(notesIn(said)).toEqual([
        `note: the build cache was not read from ${silent}: no answer for 1 s`,
      ])
      expect(caches).toEqual([[0, 0]])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it("when it is written", async () => {
    const exporting = waits("exporting cache to registry")
    const { result, said } = await build([undefined, exporting], {}, options)
    expect(result).toBe("built")
    expect(notesIn(said)).toEqual([
      `note: the build cache was not written to ${reference}: no answer for 1 s`,
    ])
  })

  it("but not while a program runs, which may be silent", async () => {
    const running = (request: BuildRequest) =>
      new Promise<{ metadata: object }>((resolve) => {
        const name = "[build 5/5] RUN go build"
        request.onProgress({ type: "step-started", id: "1", name })
        setTimeout(() => {
          resolve({ metadata: {} })
        }, 1500)
      })
    const { result, said } = await build([running as Failure], {}, options)
    expect([result, notesIn(said)]).toEqual(["built", []])
  })
})
