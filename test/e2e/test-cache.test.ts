import { randomUUID } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"
import { newMachine } from "./new-machine.js"
import { prepareRuntime } from "./runtime.js"

/*
 * Tests on machines that have never built anything: the first leaves in a registry what tests are compiled from, and what they
 * reported. Not the seconds are looked at, but the steps that had to run.
 */

const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST
let folder: string
let project: string
let registry: Registry

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = join(folder, "counter")
  mkdirSync(project)
  // No run of the test has compiled dependencies for it before; few of them, as machines compile them that have nothing.
  writeFileSync(
    join(project, "go.mod"),
    `module example.com/counter // ${randomUUID()}\n\ngo 1.25\n`,
  )
  writeFileSync(
    join(project, "main.go"),
    'package main\n\nimport "errors"\n\nfunc main() { println(errors.New("counted").Error()) }\n',
  )
  registry = await Registry.start()
})

afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true })
})

/** On a machine of its own. */
async function check(names: string[], options: string[]) {
  const checks = names.flatMap((name) => ["--check", name])
  const env = await newMachine()
  const { code, stderr } = await script([project, ...checks, "--verbose", ...options], { env })
  return { code, log: stderr }
}

/** A test that no run has seen before. */
function write(body: string) {
  const state = JSON.stringify(randomUUID())
  writeFileSync(
    join(project, "state_test.go"),
    `package main\n\nimport "testing"\n\nfunc TestState(t *testing.T) { t.Log(${state}); ${body} }\n`,
  )
}

const step = (name: string, took: string) => new RegExp(`^ {2}${name}.* {2}${took}$`, "m")
const ran = String.raw`(?:\d+ min )?\d+(?:\.\d)? s`
const compiled = "compile-dependencies: compile dependencies"
const tested = "test: gotests run"

it.runIf(isOurs)(
  "a new machine compiles the project's own packages and its tests, and runs none where nothing changed",
  async () => {
    const cache = `${registry.host}/team/cache:main`
    const from = ["--cache-from", cache]
    write("")
    const first = await check(["test"], ["--cache-image", cache])
    expect(first.code, first.log).toBe(0)
    for (const each of [compiled, "gotestsum: go build", tested]) {
      expect(first.log).toMatch(step(each, ran))
    }
    expect(Object.keys(registry.pushed).sort()).toEqual([
      "team/cache:main-tests",
      "team/cache:main-tests-dependencies",
    ])
    // What is compiled, and two programs; not the builder's base image.
    expect(registry.parts("team/cache:main-tests-dependencies")).toHaveLength(3)

    const same = await check(["test"], from)
    expect(same.log).toMatch(/^test: passed \(\d+ tests?\)$/m)
    expect(same.log).not.toMatch(step("test: ", ran))
    expect(same.log).not.toMatch(step(compiled, ran))

    write("")
    const edited = await check(["test"], from)
    expect(edited.code, edited.log).toBe(0)
    expect(edited.log).toMatch(step(tested, ran))
    // Where it works is a step of the tests, too.
    for (const each of [compiled, "gotestsum: ", "gotests: ", "modules: go mod"]) {
      expect(edited.log).not.toMatch(step(each, ran))
    }
    expect(edited.log).not.toMatch(/go: downloading/)

    // A failure is none of what is kept.
    write(`t.Fatal("broken")`)
    for (const time of ["first", "second"]) {
      const failed = await check(["test"], ["--cache-image", cache])
      expect(failed.code, time).toBe(3)
      expect(failed.log).toContain("broken")
    }
  },
)

it.runIf(isOurs)("each check of several has its own cache, which no other one writes", async () => {
  const cache = `${registry.host}/team/several:main`
  write("")
  // What the first machine has compiled for tests need not be compiled once more.
  const from = `${registry.host}/team/cache:main`
  const options = ["--cache-from", from, "--cache-to", cache]
  const first = await check(["test", "vet"], options)
  expect(first.code, first.log).toBe(0)
  expect(Object.keys(registry.pushed).filter((name) => name.startsWith("team/several"))).toEqual(
    expect.arrayContaining(["team/several:main-tests", "team/several:main-vet"]),
  )
})
