import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, afterEach, describe, expect, it, vi } from "vitest"
import { connect } from "../../../../cli/engine/choose.js"
import type { BuildRequest, Engine } from "../../../../cli/engine/engine.js"
import { UserError } from "../../../../src/errors.js"
import { temporaryFolder } from "../temporary.js"

/** PATH is this folder alone, so that nothing of this machine is found. */
let path: string
let said: string[]

beforeEach(() => {
  path = temporaryFolder()
  said = []
  vi.stubEnv("PATH", path)
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
  vi.stubEnv("BUILDKIT_HOST", undefined)
  // An engine may be there, whatever this machine has.
  vi.stubEnv("DOCKER_HOST", "unix:///docker.sock")
  // So that it is no question of this machine whether BuildKit could be started here.
  vi.spyOn(process, "getuid").mockReturnValue(1000)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** A program that notes its arguments, and then does what the script says, which may use `args`. */
function program(name: string, script: string): void {
  const file = join(path, name)
  writeFileSync(
    file,
    `#!${process.execPath}
     const fs = require("node:fs")
     const args = process.argv.slice(2).join(" ")
     fs.appendFileSync(${JSON.stringify(join(path, "calls"))}, ${JSON.stringify(name)} + " " + args + "\\n")
     const say = (text) => { console.log(text); process.exit(0) }
     const fail = (text) => { console.error(text); process.exit(1) }
     ${script}`,
  )
  chmodSync(file, 0o755)
}

function calls(): string[] {
  const file = join(path, "calls")
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : []
}

function choose(): Promise<Engine> {
  return connect({
    report: { say: (line) => said.push(line) },
    onEmbedded: () => said.push("an engine of ours"),
  })
}

const engineAnswers = `if (args.startsWith("version")) say("28.2.2")`
const noEngine = `if (args.startsWith("version")) fail("Cannot connect to the Docker daemon")`
const buildx = (version: string) =>
  `if (args === "buildx version") say("github.com/docker/buildx v${version} abcdef")`
const noBuildx = `if (args === "buildx version") fail("docker: unknown command: docker buildx")`

describe("connect", () => {
  it("takes Docker where its engine answers and buildx is there", async () => {
    program("docker", engineAnswers + "\n" + buildx("0.30.1"))
    const engine = await choose()
    expect(engine).toMatchObject({
      name: "Docker 28.2.2 (buildx 0.30.1)",
      canLoad: true,
      embedded: false,
    })
    expect(said).toEqual([])
  })

  it.each([
    ["docker is not installed", undefined],
    ["there is a docker command, but no engine", noEngine + "\n" + noBuildx],
  ])("says in one line what to do where %s", async (_, docker) => {
    if (docker) program("docker", docker)
    const error = (await choose().catch((error: unknown) => error)) as UserError
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(
      /^No BuildKit to build with: start Docker or set BUILDKIT_HOST; go-image cannot start its own here, which needs (root|Linux, .+)\.$/,
    )
  })

  it.each([
    ["missing", noBuildx, "is missing"],
    ["too old", buildx("0.11.2"), "is 0.11.2"],
  ])("says what Docker lacks where buildx is %s", async (_, answer, words) => {
    program("docker", engineAnswers + "\n" + answer)
    await expect(choose()).rejects.toThrow(
      `Docker answers, but its buildx plugin ${words}: install 0.13 or newer.`,
    )
  })
})

describe("connect, where nothing says that there is a Docker engine", () => {
  let configuration: string
  beforeEach(() => {
    configuration = temporaryFolder()
    vi.stubEnv("DOCKER_HOST", undefined)
    vi.stubEnv("DOCKER_CONTEXT", undefined)
    vi.stubEnv("DOCKER_CONFIG", configuration)
    program("docker", engineAnswers + "\n" + buildx("0.30.1"))
  })

  it.skipIf(process.platform !== "linux" || existsSync("/var/run/docker.sock"))(
    "does not ask for one",
    async () => {
      writeFileSync(join(configuration, "config.json"), '{"auths":{}}')
      await expect(choose()).rejects.toThrow("No BuildKit to build with")
      expect(calls()).toEqual([])
    },
  )

  it.each([
    ["another context is chosen", '{"currentContext":"rootless"}'],
    ["its configuration cannot be read", "{"],
  ])("asks where %s", async (_, text) => {
    writeFileSync(join(configuration, "config.json"), text)
    expect((await choose()).name).toBe("Docker 28.2.2 (buildx 0.30.1)")
  })
})

describe("connect, with an old Docker", () => {
  it("says so", async () => {
    program("docker", `if (args.startsWith("version")) say("20.10.24+dfsg1")\n` + buildx("0.30.1"))
    await expect(choose()).rejects.toThrow("Docker 20.10.24+dfsg1 is too old: install 23 or newer.")
  })
})

describe("connect, with BUILDKIT_HOST", () => {
  beforeEach(() => {
    vi.stubEnv("BUILDKIT_HOST", "tcp://buildkit.example:1234")
  })

  it("asks no Docker where buildctl is there", async () => {
    program(
      "buildctl",
      `if (args === "--version") say("buildctl github.com/moby/buildkit v0.20.0")`,
    )
    program("docker", engineAnswers)
    expect(await choose()).toMatchObject({
      name: "BuildKit at tcp://buildkit.example:1234",
      canLoad: false,
      embedded: false,
    })
    expect(calls()).toEqual([
      "buildctl --version",
      "buildctl --addr tcp://buildkit.example:1234 debug info",
    ])
  })

  it("says so where nobody answers there", async () => {
    program("buildctl", `if (args === "--version") say("v0.20.0"); fail("connection refused")`)
    await expect(choose()).rejects.toThrow(
      "BUILDKIT_HOST is tcp://buildkit.example:1234, but no BuildKit answers there: connection refused",
    )
  })

  it("makes a builder of buildx for it where there is no buildctl, and removes it", async () => {
    program("buildctl", `say("buildctl v0.9.3")`)
    program("docker", buildx("0.30.1") + "\n" + noEngine)
    const engine = await choose()
    expect(engine.canLoad).toBe(false)
    await engine.close()
    await engine.close()
    const name = `go-image-${process.pid}`
    expect(calls().slice(2)).toEqual([
      `docker buildx create --name ${name} --driver remote tcp://buildkit.example:1234`,
      `docker buildx inspect --bootstrap ${name}`,
      "docker version --format {{.Server.Version}}",
      `docker buildx rm --force ${name}`,
    ])
  })

  it("says what to install where no client program can be had", async () => {
    await expect(choose()).rejects.toThrow("neither buildctl, nor docker buildx, nor Go")
  })
})

describe("OCI archives from Docker", () => {
  const build = `if (args.startsWith("buildx build") || args.includes("buildx --builder")) {
    fs.writeFileSync("output", "image")
    say("")
  }`

  function request(folder: string): BuildRequest {
    return {
      dockerfile: "FROM scratch\n",
      context: folder,
      ignore: [],
      layouts: {},
      output: { type: "oci", path: join(folder, "image.tar"), tags: [] },
      onProgress: () => undefined,
    }
  }

  const kinds: [string, string, boolean][] = [
    ["its older image store", "Driver: docker", true],
    [
      "its containerd image store",
      "Driver: docker\\nLabels:\\n org.mobyproject.buildkit.worker.snapshotter: overlayfs",
      false,
    ],
    ["a builder in a container", "Driver: docker-container", false],
  ]
  it.each(kinds)("with %s", async (_, inspected, needsOwn) => {
    program(
      "docker",
      [
        engineAnswers,
        buildx("0.30.1"),
        build,
        `if (args === "buildx inspect") say("Name: default\\n${inspected}")`,
        `if (args === "buildx inspect go-image") fail("no such builder")`,
      ].join("\n"),
    )
    const folder = temporaryFolder()
    await (await choose()).build(request(folder))
    expect(readFileSync(join(folder, "image.tar"), "utf8")).toBe("image")
    const made = calls().filter((call) => call.startsWith("docker buildx create"))
    expect(made).toEqual(
      needsOwn ? ["docker buildx create --name go-image --driver docker-container"] : [],
    )
    expect(said).toHaveLength(needsOwn ? 1 : 0)
    const built = calls().find((call) => call.startsWith("docker buildx build"))
    expect(built?.includes("--builder go-image")).toBe(needsOwn)
  })
})
