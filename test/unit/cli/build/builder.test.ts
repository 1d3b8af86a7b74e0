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

/** An engine that has a failure for each of its first builds. */
function engineWith(failures: Error[]) {
  const builds: BuildRequest[] = []
  const engine: Engine = {
    name: "a stand-in",
    canLoad: false,
    embedded: false,
    build: (request) => {
      builds.push(request)
      const failure = failures[builds.length - 1]
      return failure ? Promise.reject(failure) : Promise.resolve({ metadata: {} })
    },
    close: () => Promise.resolve(),
  }
  return { builds, engine }
}

async function build(failures: Error[], secrets: Record<string, string>, options: string[] = []) {
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
    .then(
      () => "built",
      (error: unknown) => error,
    )
  const result = await ended
  return { result, said, arguments: builds.map(({ buildArgs }) => Object.keys(buildArgs ?? {})) }
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
