import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { findEngine } from "../../../../../cli/commands/doctor/engine.js"
import { diagnosisOf, printDiagnosis } from "../../../../../cli/commands/doctor/findings.js"
import { lookAtMachine, proxies } from "../../../../../cli/commands/doctor/machine.js"
import { temporaryFolder } from "../../temporary.js"

/** PATH is this folder alone, so that nothing of this machine is found. */
let path: string

beforeEach(() => {
  path = temporaryFolder()
  vi.stubEnv("PATH", path)
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
  vi.stubEnv("BUILDKIT_HOST", undefined)
  vi.stubEnv("DOCKER_HOST", "unix:///docker.sock")
  vi.stubEnv("DOCKER_CONFIG", temporaryFolder())
  vi.spyOn(process, "getuid").mockReturnValue(1000)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function program(name: string, script: string): void {
  writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(path, name), 0o755)
}

const docker = (version: string) =>
  `case "$1" in version) echo ${version} ;; buildx) echo v0.30.1 ;; *) echo Docker ;; esac`
const buildctl = (answer: string) =>
  `case "$1" in --version) echo buildctl v0.26.3 ;; *) ${answer} ;; esac`

describe("the engine that doctor names is the one that a build would use", () => {
  it("Docker, where it answers", async () => {
    program("docker", docker("28.2.2"))
    expect(await findEngine()).toMatchObject({
      state: "ok",
      found: expect.stringMatching(/^Docker 28\.2\.2 with buildx 0\.30\.1/) as string,
    })
  })

  it("none: with what is missing and what to do", async () => {
    expect(await findEngine()).toEqual({
      name: "engine",
      state: "missing",
      found:
        "no Docker, no BUILDKIT_HOST; go-image cannot start its own BuildKit here, which needs root",
      fix: "start Docker (https://docs.docker.com/engine/install), or set BUILDKIT_HOST",
    })
  })

  it("none: a Docker that is too old", async () => {
    program("docker", docker("20.10.1"))
    expect(await findEngine()).toMatchObject({
      state: "missing",
      found: "Docker 20.10.1 is too old: install 23 or newer.",
    })
  })

  it("BUILDKIT_HOST comes first, also where Docker answers", async () => {
    vi.stubEnv("BUILDKIT_HOST", "tcp://buildkit:1234")
    program("docker", docker("28.2.2"))
    program("buildctl", buildctl(`[ "$*" = "--addr tcp://buildkit:1234 debug workers" ]`))
    expect(await findEngine()).toMatchObject({
      state: "ok",
      found: "BuildKit at tcp://buildkit:1234 (BUILDKIT_HOST)",
    })
  })

  it("BUILDKIT_HOST where nothing answers: in BuildKit's words", async () => {
    vi.stubEnv("BUILDKIT_HOST", "tcp://buildkit:1234")
    program("buildctl", buildctl(`echo "error: failed: desc = connection refused" >&2; exit 1`))
    expect(await findEngine()).toMatchObject({
      state: "missing",
      found: expect.stringContaining("it does not answer (connection refused)") as string,
    })
  })

  it("BUILDKIT_HOST, and nothing that talks to it", async () => {
    vi.stubEnv("BUILDKIT_HOST", "tcp://buildkit:1234")
    expect(await findEngine()).toMatchObject({
      state: "missing",
      fix: expect.stringContaining("buildctl") as string,
    })
  })
})

describe("the machine", () => {
  it("is told thing by thing; a program that fails, or is not there, is no reason not to build", async () => {
    program("git", "echo git version 2.39.5")
    program("go", "exit 3")
    const config = process.env["DOCKER_CONFIG"] ?? ""
    mkdirSync(config, { recursive: true })
    writeFileSync(
      join(config, "config.json"),
      JSON.stringify({ auths: { "ghcr.io": { auth: "bWU6c2VjcmV0" } } }),
    )
    const found = new Map((await lookAtMachine()).map((each) => [each.name, each]))
    expect(found.get("Node.js")).toMatchObject({ state: "ok", found: process.versions.node })
    expect(found.get("git")).toMatchObject({ state: "ok", found: "git version 2.39.5" })
    expect(found.get("go")?.state).toBe("note")
    expect(found.get("dagger")?.state).toBe("none")
    expect(found.get("logins")).toEqual({ name: "logins", state: "ok", found: "ghcr.io" })
    expect(JSON.stringify([...found.values()])).not.toMatch(/bWU6c2VjcmV0|secret/)
    expect([...found.values()].every(({ state }) => state !== "missing")).toBe(true)
  })

  it("a password in a proxy's address is not shown", () => {
    const [found] = proxies({ HTTPS_PROXY: "http://me:canary@proxy:3128" })
    expect(found?.found).toBe("HTTPS_PROXY=http://***@proxy:3128")
  })
})

it("what keeps a build from starting is marked, with what to do, and counts", () => {
  const engine = { name: "engine", state: "missing", found: "none", fix: "start Docker" } as const
  const diagnosis = diagnosisOf(engine, [{ name: "git", state: "ok", found: "2.39" }])
  expect(diagnosis.ready).toBe(false)
  expect(printDiagnosis(diagnosis)).toBe(
    "✗ engine  none\n          -> start Docker\n✓ git     2.39\n\nA build cannot start: see ✗ above.\n",
  )
  expect(diagnosisOf({ ...engine, state: "note" }, []).ready).toBe(true)
})
