import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"
import { FaultyRegistry, type Fault } from "./faulty-registry.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")

beforeAll(async () => {
  mkdirSync(project)
  writeFileSync(join(project, "go.mod"), "module example.com/hello\n\ngo 1.25\n")
  writeFileSync(join(project, "main.go"), 'package main\n\nfunc main() { println("hello") }\n')
  // What has to be made or compiled once has no part in how long a registry is waited for.
  expect(await script([project, "--output", join(folder, "first.tar")])).toMatchObject({ code: 0 })
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Refusal {
  fault: Fault
  options?: string[]
  code: number
  /** The end of stderr. */
  said: (good: string, bad: string) => RegExp
}

const refusals: Refusal[] = [
  {
    fault: 401,
    code: 2,
    said: (good, bad) =>
      new RegExp(
        `^only some registries have the image: pushed ${good}\nnot pushed: ${bad}: .*401 Unauthorized\nLog in to the registry first.*\n$`,
        "m",
      ),
  },
  {
    fault: 503,
    code: 75,
    said: (good, bad) =>
      new RegExp(
        `503 Service Unavailable; trying again in 8 s\n[^]*^only some registries have the image: pushed ${good}\nnot pushed: ${bad}: .*503 Service Unavailable\nThis may be temporary: try again\\.\n$`,
        "m",
      ),
  },
  {
    fault: "silence",
    options: ["--stall-timeout", "30s"],
    code: 75,
    said: (good) =>
      new RegExp(
        `^pushed ${good}\n[^]*^.*pushing layers.*: waiting, nothing new for 20 s \\(is ended after 30 s: --stall-timeout\\)\n[^]*^no progress for 30 s: .*pushing layers.*\nTry again, or give it more time with --stall-timeout .*\n$`,
        "m",
      ),
  },
]

// Most of the time is waiting.
describe.concurrent("of two registries, one", () => {
  it.for(refusals)("answers with $fault", async ({ fault, options = [], code, said }) => {
    const [good, bad] = [await Registry.start(), await FaultyRegistry.start(fault)]
    const tags = [`${good.host}/a/hello:1`, `${bad.host}/b/hello:1`] as const
    const names = tags.flatMap((tag) => ["--tag", tag])
    const ended = await script([project, ...names, "--push", ...options])
    expect(ended.stderr).toMatch(said(...tags))
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    expect(ended.code).toBe(code)
    expect(Object.keys(good.pushed)).toEqual(["a/hello:1"])
    await Promise.all([good.stop(), bad.stop()])
  })
})

it("a base image whose registry is down is no mistake of the project", async () => {
  const registry = await FaultyRegistry.start(500)
  const output = join(folder, "none.tar")
  const image = `${registry.host}/base:1`
  const ended = await script([project, "--runtime", image, "--output", output])
  expect(ended.stderr).toMatch(
    new RegExp(
      `^the base image ${image} is not available: .*500 Internal Server Error\nThis may be temporary: try again\\.\n$`,
      "m",
    ),
  )
  expect(ended.code).toBe(75)
  await registry.stop()
})
