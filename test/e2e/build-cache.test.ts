import { randomUUID } from "node:crypto"
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"
import { newMachine } from "./new-machine.js"
import { prepareRuntime } from "./runtime.js"

/*
 * A machine that has never built anything, and a build cache in a registry. What the scripts do with it is tested beside
 * them (test/unit/plan/stages/dependencies/).
 */

const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST
let folder: string
let project: string
let registry: Registry

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = join(folder, "idgen")
  cpSync(join(import.meta.dirname, "../../examples/idgen"), project, { recursive: true })
  // No run of the test has compiled dependencies for it before.
  appendFileSync(join(project, "go.mod"), `\n// ${randomUUID()}\n`)
  registry = await Registry.start()
})

afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true })
})

async function build(options: string[], env: Record<string, string> = {}) {
  const output = join(folder, "image.tar")
  const common = ["--runtime", "scratch", "--output", output, "--verbose"]
  const ended = await script([project, ...common, ...options], { env })
  expect(ended.code, ended.stderr).toBe(0)
  return { digest: ended.stdout, log: ended.stderr }
}

/**
 * A program that no run of the test has built before: one of the same content as an earlier one, BuildKit knows by that, and
 * not by what it was made from.
 */
function write(state: string) {
  const text = JSON.stringify(`${state} ${randomUUID()}`)
  writeFileSync(
    join(project, "state.go"),
    `package main\n\nimport "fmt"\n\nfunc init() { fmt.Sprintln(${text}) }\n`,
  )
}

it.runIf(isOurs)(
  "a new machine takes the dependencies from a registry, and compiles an edit alone",
  async () => {
    const cache = ["--cache-image", `${registry.host}/team/cache:main`]
    write("first")
    const first = await build(cache)
    expect(Object.keys(registry.pushed).sort()).toEqual([
      "team/cache:main",
      "team/cache:main-dependencies",
    ])
    const pushed = registry.parts("team/cache:main-dependencies")
    // And not the builder's base image.
    expect(pushed).toHaveLength(1)

    const second = await newMachine()
    const unchanged = await build(cache, second)
    expect(unchanged.digest).toBe(first.digest)
    expect(unchanged.log).toMatch(/^ {2}build: go build .* {2}cached$/m)

    // The layer changes nothing of the image.
    expect((await build([])).digest).toBe(first.digest)

    write("edited")
    const edited = await build(cache, await newMachine())
    expect(edited.log).toMatch(/^ {2}compile-dependencies: compile dependencies {2}cached$/m)
    expect(edited.log).toMatch(/^ {2}build: go build .* \d+\.\d s$/m)
    // Nothing is downloaded, nor is vendor/ checked once more.
    expect(edited.log).not.toMatch(/^ {2}modules: .* \d+\.\d s$/m)
    // They are not pushed once more.
    expect(registry.parts("team/cache:main-dependencies")).toEqual(pushed)
    expect((await build([])).digest).toBe(edited.digest)

    // Nor for the licenses of the modules, which come with them.
    write("pushed")
    const tag = `${registry.host}/team/app:1`
    const attested = await script(
      [project, "--runtime", "scratch", "--push", "--tag", tag, "--verbose", ...cache],
      { env: await newMachine() },
    )
    expect(attested.code, attested.stderr).toBe(0)
    expect(attested.stderr).toMatch(/^ {2}licenses: collect licenses {2}\d+\.\d s$/m)
    expect(attested.stderr).not.toMatch(/^ {2}(?:modules|licenses): .*(?:go mod|go run).* s$/m)
    expect(attested.stderr).toContain("attached SBOM and provenance")
  },
)

it.runIf(isOurs)("a registry that cannot be reached is told, and the image is built", async () => {
  const { log } = await build(["--cache-image", "127.0.0.1:1/team/cache:main"])
  expect(log.match(/^note: the build cache was not (read from|written to) [^ ]+/gm)).toEqual([
    "note: the build cache was not read from 127.0.0.1:1/team/cache:main:",
    "note: the build cache was not written to 127.0.0.1:1/team/cache:main:",
  ])
})

it.runIf(isOurs)(
  "a folder is a cache, too, for another machine, and keeps what the last build left",
  async () => {
    const cache = join(folder, "cache")
    const both = [
      "--cache-from",
      `type=local,src=${cache}`,
      "--cache-to",
      `type=local,dest=${cache}`,
    ]
    const blobs = () => readdirSync(join(cache, "blobs/sha256"))
    write("in a folder")
    await build(both)
    const before = blobs()
    write("edited in a folder")
    const first = await build(both)
    // The program before the edit is gone.
    expect(blobs()).toHaveLength(before.length)
    expect(blobs()).not.toEqual(before)
    expect(first.log).not.toMatch(/^note: the build cache/m)
    const elsewhere = await build(both, await newMachine())
    expect(elsewhere.digest).toBe(first.digest)
    expect(elsewhere.log).toMatch(/^ {2}build: go build .* {2}cached$/m)
  },
)

it.runIf(isOurs)(
  "a new machine takes what an earlier build compiled from an image, and damaged ones are told",
  async () => {
    const warm = `${registry.host}/team/app:compiled`
    write("compiled")
    const first = await build(["--warm-to", warm])
    expect(first.log).toContain(`pushed the compiled packages to ${warm}`)
    expect(registry.parts("team/app:compiled")).toHaveLength(2)
    const edited = await build(["--warm-from", warm], await newMachine())
    expect(edited.digest).toBe(first.digest)
    expect(edited.log).toMatch(/^ {2}warm-up: load dependencies .* s$/m)
    expect(edited.log).not.toMatch(/^note: .*compiled/m)
    const missing = `${registry.host}/team/app:missing`
    const without = await build(["--warm-from", missing, "--warm-to", "127.0.0.1:1/team/app:x"])
    expect(without.digest).toBe(first.digest)
    expect(without.log.match(/^note: compiled packages were not \S+ \S+ \S+?:? /gm)).toEqual([
      `note: compiled packages were not taken from ${missing}: `,
      "note: compiled packages were not pushed to 127.0.0.1:1/team/app:x: ",
    ])
  },
)
