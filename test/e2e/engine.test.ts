import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"

import { dockerEngineVersion } from "../../cli/engine/docker/docker.js"
import { run } from "../../cli/system/command.js"
import {
  connectEmbedded,
  embeddedObstacle,
  madeByBuilds,
} from "../../cli/engine/embedded/embedded.js"
import { script, type CommandOptions } from "./command.js"
import { withCache } from "./new-machine.js"
import { client } from "./plain-buildkit.js"

/** The line by which a build says that the compiler works. */
const compiles = /^ {2}build: go build .* {2}started$/m

const embedded =
  embeddedObstacle() === undefined &&
  !process.env.BUILDKIT_HOST &&
  (await dockerEngineVersion()) === undefined

if (!embedded) console.log("Left out: BuildKit started by go-image (there is another one to use)")

describe.runIf(embedded)("BuildKit started by go-image", () => {
  const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  const cache = join(folder, "cache")
  const output = join(folder, "output")

  beforeAll(async () => {
    // A daemon that nobody else uses meanwhile, with tools and base images that are there already.
    await build(hello(), join(folder, "first.tar"), { env: {} })
    withCache(cache)
    mkdirSync(output)
  })

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  function build(source: string, archive: string, options: CommandOptions = {}) {
    return script([source, "--output", archive], { env: { XDG_CACHE_HOME: cache }, ...options })
  }

  /** The processes that have to do with this test's cache. */
  function processes(): Process[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(readProcess)
      .filter(({ command }) => command.includes(cache))
  }

  /** Not the copies of a daemon that are about to become other programs. */
  function daemons(): Process[] {
    return processes().filter(({ command, isInit }) => isInit && /^\S*\/buildkitd /.test(command))
  }

  async function untilGone(): Promise<void> {
    while (processes().length > 0) await sleep(20)
  }

  /** Needs next to nothing of the standard library, which has to be compiled first for an empty cache. */
  function project(name: string, main: string): string {
    const project = mkdtempSync(join(folder, `${name}-`))
    writeFileSync(join(project, "go.mod"), `module example.com/${name}\n\ngo 1.25\n`)
    writeFileSync(join(project, "main.go"), `package main\n\n${main}\n`)
    return project
  }

  const hello = () => project("hello", 'func main() { println("hello") }')

  /** Compiles for so long that there is time to interrupt it, and never from a cache. */
  function slow(): string {
    const functions = Array.from(
      { length: 60_000 },
      (_, i) => `func(n int) int { return n + ${i} },\n`,
    )
    return project(
      "slow",
      `var table = []func(int) int{\n${functions.join("")}}\n\nfunc main() { println(len(table), ${Date.now()}) }`,
    )
  }

  it("is shared by builds at the same time, and gone after the last one", async () => {
    let most = 0
    const watch = () => (most = Math.max(most, daemons().length))
    const builds = ["one.tar", "other.tar"].map((archive) =>
      build(hello(), join(output, archive), {
        env: { XDG_CACHE_HOME: cache },
        onStderr: watch,
      }),
    )
    for (const { code, stderr } of await Promise.all(builds)) expect(code, stderr).toBe(0)
    expect(most).toBe(1)
    expect(processes()).toEqual([])
    expect(readdirSync(output).sort()).toEqual(["one.tar", "other.tar"])
  })

  it.each(["SIGINT", "SIGTERM"] as const)("ends with %s, and leaves no output", async (signal) => {
    const archive = join(output, "interrupted.tar")
    let sent = false
    const { code, stderr } = await build(slow(), archive, {
      env: { XDG_CACHE_HOME: cache },
      onStderr: (text, kill) => {
        if (sent || !compiles.test(text)) return
        sent = true
        kill(signal)
      },
    })
    expect(code, stderr).toBe(130)
    expect(readdirSync(output).filter((name) => /interrupted|^\./.test(name))).toEqual([])
    expect(processes()).toEqual([])
  })

  it("does not outlive a command line that is killed, and starts again after it", async () => {
    const archive = join(output, "killed.tar")
    let sent = false
    await build(slow(), archive, {
      env: { XDG_CACHE_HOME: cache },
      onStderr: (text, kill) => {
        if (sent || !compiles.test(text)) return
        sent = true
        kill("SIGKILL")
      },
    })
    expect(existsSync(archive)).toBe(false)
    await untilGone()
    const { code, stderr } = await build(hello(), archive)
    expect(code, stderr).toBe(0)
    // What the killed one was writing is gone, too.
    expect(readdirSync(output).filter((name) => name.startsWith("."))).toEqual([])
    expect(processes()).toEqual([])
  })

  it("starts again where it is killed in the middle of a build", async () => {
    const archive = join(output, "again.tar")
    let killed = false
    const { code, stderr } = await build(hello(), archive, {
      env: { XDG_CACHE_HOME: cache },
      onStderr: (text) => {
        if (killed || !/^ {2}build: .*\n/m.test(text)) return
        killed = true
        for (const { pid } of daemons()) process.kill(pid, "SIGKILL")
      },
    })
    expect(code, stderr).toBe(0)
    expect(stderr.match(/BuildKit ended unexpectedly, and is started again/g)).toHaveLength(1)
    expect(existsSync(archive)).toBe(true)
    expect(processes()).toEqual([])
  })

  it("deletes what builds made before caches and base images", async () => {
    const { code, stderr } = await build(hello(), join(folder, "made.tar"))
    expect(code, stderr).toBe(0)
    vi.stubEnv("XDG_CACHE_HOME", cache)
    const engine = await connectEmbedded({ say: () => undefined })
    try {
      const made = await descriptions(madeByBuilds)
      const others = (await descriptions([])).filter((each) => !made.includes(each))
      expect(made).toContainEqual(expect.stringMatching(/^mount \/ from exec [^]*\bgo build /))
      expect(made).toContainEqual(expect.stringMatching(/^\[image \d\/\d\] COPY --from=build /))
      expect(made).toContain("local source for context")
      expect(others).toContainEqual(expect.stringMatching(/^cached mount \/go\/pkg\/mod from /))
      expect(others).toContainEqual(expect.stringMatching(/^pulled from .*golang:/))
      expect(others.filter((each) => !/^(cached mount|pulled from) /.test(each))).toEqual([])
    } finally {
      await engine.close()
      vi.unstubAllEnvs()
    }
  })

  /** Of the records of the daemon's cache. */
  async function descriptions(filters: readonly string[]): Promise<string[]> {
    const options = ["--format={{json .}}", ...filters.map((filter) => `--filter=${filter}`)]
    const records = await run([...client(), "du", ...options])
    return (JSON.parse(records) as { description: string }[]).map((each) => each.description)
  }

  it("shows the compiler's words first where it fails, and leaves no output", async () => {
    const broken = project("broken", "func main() { undefined() }")
    const archive = join(output, "broken.tar")
    const { code, stderr } = await build(broken, archive)
    expect(code, stderr).toBe(3)
    expect(stderr).toContain("./main.go:3:15: undefined: undefined\n")
    expect(stderr).not.toMatch(/Dockerfile:\d|runtime\.goexit|failed to solve/)
    expect(existsSync(archive)).toBe(false)
    expect(processes()).toEqual([])
  })
})

interface Process {
  pid: number
  command: string
  /** The first process of a namespace of process ids, as a daemon of ours is. */
  isInit: boolean
}

function readProcess(pid: string): Process {
  try {
    const command = readFileSync(join("/proc", pid, "cmdline"), "utf8").replaceAll("\0", " ")
    const status = readFileSync(join("/proc", pid, "status"), "utf8")
    return { pid: Number(pid), command, isInit: /^NSpid:.*\s1$/m.test(status) }
  } catch {
    // It has ended meanwhile.
    return { pid: Number(pid), command: "", isInit: false }
  }
}
