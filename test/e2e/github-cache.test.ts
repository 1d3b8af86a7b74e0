import { randomUUID } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { useAction } from "../ci/action.js"
import { GitHubCache } from "../ci/github-cache.js"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"
import { newMachine } from "./new-machine.js"

/* GitHub's cache of workflows, as BuildKit's own client of it asks: of a new machine for each job. */

const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST
let folder: string
let project: string
let registry: Registry
let cache: GitHubCache

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = join(folder, "repository/app")
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, "go.mod"), `module example.com/app // ${randomUUID()}\n\ngo 1.25\n`)
  edit()
  registry = await Registry.start()
  cache = await GitHubCache.start()
})

afterAll(async () => {
  await registry.stop()
  await cache.stop()
  rmSync(folder, { recursive: true })
})

function edit(): void {
  const text = JSON.stringify(randomUUID())
  const main = `package main\n\nimport "errors"\n\nfunc main() { println(errors.New(${text}).Error()) }\n`
  writeFileSync(join(project, "main.go"), main)
}

/** A job on a machine that has never built anything. */
async function job(options: string[]) {
  const tag = `${registry.host}/team/app:${randomUUID()}`
  const isPush = options.includes("--push")
  const output = isPush ? ["--tag", tag] : ["--output", join(folder, "image.tar")]
  const common = ["--runtime", "scratch", "--attest", "off", "--verbose"]
  const given = isPush ? common : common.filter((each) => !["--attest", "off"].includes(each))
  const ended = await script([project, ...given, ...output, ...options], {
    env: {
      ...(await newMachine()),
      ...cache.variables,
      GITHUB_WORKSPACE: join(folder, "repository"),
    },
  })
  expect(ended.code, ended.stderr).toBe(0)
  const notes = ended.stderr.match(/^note: the build cache .*$/gm) ?? []
  return { log: ended.stderr, notes }
}

describe.runIf(isOurs)("GitHub's cache", () => {
  it("is found by itself: a push writes it, and the next job compiles what has changed", async () => {
    const first = await job(["--push"])
    expect(first.log).toMatch(/^cache: gha \(go-image-app\) {2}\(ACTIONS_RUNTIME_TOKEN\)$/m)
    expect(first.notes).toEqual([])
    const keys = [...cache.entries.keys()]
    // The image's own, and the dependencies', under a name of the project.
    expect(keys).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^index-go-image-app-dependencies-/),
        expect.stringMatching(/^index-go-image-app-1-/),
        expect.stringMatching(/^buildkit-blob-1-sha256:/),
      ]),
    )
    edit()
    // Of a pull request: it is read, and not written.
    const second = await job([])
    expect(second.notes).toEqual([])
    expect(second.log).toMatch(/^ {2}compile-dependencies: compile dependencies {2}cached$/m)
    expect(second.log).toMatch(/^ {2}build: go build .* \d+\.\d s$/m)
    expect([...cache.entries.keys()]).toEqual(keys)
  })

  it("is what go-image's action uses where no other is named", async () => {
    const use = async (inputs: Record<string, string>) =>
      useAction(
        join(folder, "repository"),
        {
          source: "app",
          options: `--runtime=scratch\n--output=${join(folder, "image.tar")}`,
          ...inputs,
        },
        { ...(await newMachine()), ...cache.variables },
      )
    const used = await use({})
    expect(used.code, used.log).toBe(0)
    expect(used.log).toMatch(/^cache: gha \(go-image-app\) {2}\(ACTIONS_RUNTIME_TOKEN\)$/m)
    expect(used.log).toMatch(/^ {2}compile-dependencies: compile dependencies {2}cached$/m)
    const without = await use({ cache: "none", options: "--runtime=scratch\n--plan" })
    expect(without.code, without.log).toBe(0)
    expect(without.log).not.toContain("gha")
  })

  it("is left out where another one is asked for", async () => {
    const before = cache.entries.size
    const { log } = await job(["--push", "--cache-image", `${registry.host}/team/app:cache`])
    expect(log).not.toContain("gha")
    expect(cache.entries.size).toBe(before)
  })

  it("is no reason to fail where it does not work", async () => {
    cache.fault = 503
    edit()
    const { notes } = await job(["--push"])
    expect(notes).toHaveLength(2)
    expect(notes[0]).toMatch(/^note: the build cache was not read from gha \(go-image-app\): \S/)
    expect(notes[1]).toMatch(/^note: the build cache was not written to gha \(go-image-app\): \S/)
  })
})
