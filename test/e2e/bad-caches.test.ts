import { randomUUID } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { Registry, type Fault } from "../conformance/registry.js"
import { script } from "./command.js"
import { newMachine } from "./new-machine.js"
import { prepareRuntime } from "./runtime.js"

/*
 * Caches that are of something else, damaged, or in a registry that does not give or take them: the image is built all the
 * same, and one line tells why it took longer.
 */

const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST
let folder: string
let project: string
let registry: Registry
let cache: string

beforeAll(async () => {
  if (!isOurs) return
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = writeProject("app")
  registry = await Registry.start()
  cache = `${registry.host}/team/cache:main`
})

afterAll(async () => {
  if (!isOurs) return
  await registry.stop()
  rmSync(folder, { recursive: true })
})

afterEach(() => {
  if (isOurs) registry.fault = () => undefined
})

/** One that no run of the test has built before. */
function writeProject(name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  writeFileSync(join(path, "go.mod"), `module example.com/${name} // ${randomUUID()}\n\ngo 1.25\n`)
  edit(path)
  return path
}

function edit(path = project): void {
  const text = JSON.stringify(randomUUID())
  // Next to nothing of the standard library: machines compile it that have nothing.
  const main = `package main\n\nimport "errors"\n\nfunc main() { println(errors.New(${text}).Error()) }\n`
  writeFileSync(join(path, "main.go"), main)
}

async function build(options: string[], env: Record<string, string> = {}, path = project) {
  const output = ["--output", join(folder, `${randomUUID()}.tar`)]
  const action = options.includes("--check") ? [] : output
  const ended = await script([path, "--runtime", "scratch", ...action, "--verbose", ...options], {
    env,
  })
  expect(ended.code, ended.stderr).toBe(0)
  const notes = (ended.stderr.match(/^note: .*$/gm) ?? []).filter((each) => /cache/.test(each))
  // Nor is it tried again for long.
  expect(ended.stderr).not.toMatch(/trying again/)
  return { digest: ended.stdout, log: ended.stderr, notes }
}

describe.runIf(isOurs)("a cache that is", () => {
  /** Digest of the layer of the dependencies, which is all that is needed of it after an edit. */
  let layer: string
  let manifest: string
  /** Of the image after an edit. */
  let wanted: string

  beforeAll(async () => {
    await build(["--cache-image", cache])
    layer = registry.parts("team/cache:main-dependencies")[0]!
    manifest = registry.pushed["team/cache:main"]!
    edit()
    wanted = (await build([])).digest
  })

  interface Damage {
    of: () => string
    change?: (whole: Buffer) => Buffer
    fault?: (path: string) => ReturnType<Fault>
    said: RegExp
  }
  const half = (whole: Buffer) => whole.subarray(0, whole.length / 2)
  const ofLayer = () => layer
  const ofManifest = () => manifest

  it.each<[string, Damage]>([
    ["cut short", { of: ofLayer, change: half, said: /damaged.*: short read: / }],
    [
      "changed",
      {
        of: ofLayer,
        change: (whole) => Buffer.from(whole).fill(7, 100, 200),
        said: /damaged.*: unexpected commit digest sha256:/,
      },
    ],
    [
      "without a layer that it names",
      { of: ofLayer, fault: () => 404, said: /damaged.*not found/ },
    ],
    [
      "no cache",
      { of: ofManifest, change: () => Buffer.from("<html>"), said: /not read from \S+: / },
    ],
  ])("%s", async (_, { of, change = (whole) => whole, fault, said }) => {
    const digest = of()
    const whole = registry.content(digest)!
    registry.replace(digest, change)
    registry.fault = (_method, path) => (path.endsWith(digest) ? fault?.(path) : undefined)
    try {
      const { log, notes, digest: built } = await build(["--cache-from", cache], await newMachine())
      expect(notes, log).toEqual([expect.stringMatching(said)])
      expect(notes[0]).toMatch(/^note: the build cache (?:is|was) .*127\.0\.0\.1/)
      expect(built).toBe(wanted)
    } finally {
      registry.replace(digest, () => whole)
    }
  })

  it("damaged is none for what is written after it, either", async () => {
    registry.fault = (method, path) => (method === "GET" && path.endsWith(layer) ? 404 : undefined)
    const to = `${registry.host}/team/other:main`
    const both = ["--cache-from", cache, "--cache-to", to]
    const { notes } = await build(both, await newMachine())
    expect(notes).toHaveLength(1)
    registry.fault = () => undefined
    const { log } = await build(["--cache-from", to], await newMachine())
    expect(log).toMatch(/^ {2}build: go build .* {2}cached$/m)
  })

  it.each<[string, string, string[]]>([
    ["of another Go", "app", ["--go-version", "1.26"]],
    ["of another project", "other", []],
  ])("%s is not used, and nothing is wrong with it", async (_, name, options) => {
    const path = name === "app" ? project : writeProject(name)
    const { notes } = await build([...options, "--cache-from", cache], {}, path)
    expect(notes).toEqual([])
  })
})

describe.runIf(isOurs)("a registry that", () => {
  const isWrite = (method: string) => !["GET", "HEAD"].includes(method)

  it.each<[string, Fault, RegExp]>([
    [
      "is read-only",
      (method) => (isWrite(method) ? 405 : undefined),
      /answers 405 Method Not Allowed$/,
    ],
    [
      "is full",
      (method) => (isWrite(method) ? 507 : undefined),
      /answers 507 Insufficient Storage$/,
    ],
    [
      "has let the token expire in mid-push",
      (method, path) => (isWrite(method) && path.includes("/manifests/") ? 401 : undefined),
      /401|authorization failed/,
    ],
  ])("%s", async (_, fault, said) => {
    edit()
    registry.fault = fault
    const { notes } = await build(["--cache-image", `${cache}-${randomUUID().slice(0, 8)}`])
    expect(notes).toEqual([expect.stringMatching(said)])
    expect(notes[0]).toMatch(/^note: the build cache was not written to 127\.0\.0\.1:\S+: /)
  })

  it.each<[string, string[], Fault, string]>([
    ["read", ["--cache-image"], () => "silence", "read from"],
    [
      "written",
      ["--cache-to"],
      (method) => (isWrite(method) ? "silence" : undefined),
      "written to",
    ],
  ])(
    "takes a question and never answers is given up: %s",
    async (_, [option = ""], fault, what) => {
      edit()
      registry.fault = fault
      const to = `${cache}-${randomUUID().slice(0, 8)}`
      // The cache has half of the time that there is for what makes no progress.
      const { notes, log } = await build([option, to, "--stall-timeout", "16s"])
      expect(notes, log).toEqual([`note: the build cache was not ${what} ${to}: no answer for 8 s`])
    },
  )

  it("does not let us write is no reason for a check to fail", async () => {
    registry.fault = (method) => (isWrite(method) ? 403 : undefined)
    const { notes, log } = await build(["--check", "vet", "--cache-image", cache])
    expect(log).toMatch(/^vet: passed$/m)
    expect(notes).toEqual([expect.stringMatching(/not written to .* answers 403 Forbidden$/)])
  })
})

it.runIf(isOurs)("two jobs write one cache at once, and a third reads it", async () => {
  const both = ["one", "two"].map(async (name) => {
    const own = writeProject(`job-${name}`)
    const ended = await build(
      ["--cache-image", `${registry.host}/team/shared:main`],
      await newMachine(),
      own,
    )
    return { own, ...ended }
  })
  const jobs = await Promise.all(both)
  expect(jobs.flatMap(({ notes }) => notes)).toEqual([])
  for (const { own, digest } of jobs) {
    const third = await build(
      ["--cache-from", `${registry.host}/team/shared:main`],
      await newMachine(),
      own,
    )
    expect(third.notes).toEqual([])
    expect(third.digest).toBe(digest)
  }
})
