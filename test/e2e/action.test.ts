import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { action, useAction } from "../ci/action.js"
import { Registry } from "../conformance/registry.js"
import { root, run } from "./command.js"
import { gitAuthor } from "./git-author.js"
import { prepareRuntime } from "./runtime.js"

// Docker's engine does not push to the registry of the test.
const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST

let folder: string
let workspace: string
let registry: Registry

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  workspace = join(folder, "repository")
  mkdirSync(workspace)
  cpSync(join(root, "examples/hello-web"), join(workspace, "hello"), { recursive: true })
  registry = await Registry.start()
})

afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true })
})

const use = (inputs: Record<string, string>) => useAction(workspace, inputs)

it.runIf(isOurs)("checks, pushes, and says what it made", async () => {
  const name = `${registry.host}/team/app`
  const { code, log, output, summary } = await use({
    source: "hello",
    tags: `${name}:v1\n${name}:latest\n`,
    push: "true",
    checks: "vet format",
    cache: `${name}:cache`,
    options: "--runtime=scratch\n--label=team=a b; $(touch not-run)\n",
  })
  expect(code, log).toBe(0)
  expect(existsSync(join(workspace, "not-run"))).toBe(false)
  expect(log).toMatch(/^vet: passed$/m)
  expect(log).toMatch(/^format: passed$/m)
  expect(Object.keys(registry.pushed).sort()).toEqual([
    "team/app:cache",
    "team/app:cache-dependencies",
    "team/app:cache-vet",
    "team/app:latest",
    "team/app:v1",
  ])
  const digest = registry.pushed["team/app:v1"]!
  expect(output).toContain(`\n${name}@${digest}\n`)
  expect(output).toContain(`\n${name}:v1\n${name}:latest\n`)
  // Each output of the action is one that the step has.
  for (const { value } of Object.values(action.outputs)) {
    const [, output_ = ""] = /^\$\{\{ steps\.build\.outputs\.(\S+) \}\}$/.exec(value) ?? []
    expect(output).toMatch(new RegExp(`^${output_}<<`, "m"))
  }
  expect(summary).toContain(`\`${name}@${digest}\``)
  expect(summary).toContain("| Go version |")
  expect(registry.content(digest)?.toString()).toContain("application/vnd.oci.image")
})

it("shows what does not compile at its line, from the repository on", async () => {
  const broken = join(workspace, "broken")
  cpSync(join(workspace, "hello"), broken, { recursive: true })
  appendFileSync(join(broken, "main.go"), "\nfunc wrong() { missing() }\n")
  const lines = readFileSync(join(broken, "main.go"), "utf8").split("\n").length
  const { code, log, output } = await use({ source: "broken", options: "--runtime=scratch" })
  expect(code).toBe(3)
  expect(log).toContain(
    `\n::error file=broken/main.go,line=${lines - 1},col=16::undefined: missing\n`,
  )
  expect(output).toBe("")
})

it("builds of several targets only those that may have changed since a commit", async () => {
  const repository = join(workspace, "several")
  for (const name of ["web", "links"]) {
    cpSync(join(root, "examples/hello-web"), join(repository, name), { recursive: true })
  }
  writeFileSync(
    join(repository, "project.toml"),
    ["web", "links"]
      .map((name) => `[[go-image.targets]]\nname = "${name}"\npackages = ["./${name}"]\n`)
      .join("\n"),
  )
  const git = async (...args: string[]) => {
    const done = await run(["git", "-C", repository, ...args], { env: gitAuthor })
    expect(done.code, done.stderr).toBe(0)
  }
  await git("init", "--quiet")
  await git("add", "--all")
  await git("commit", "--quiet", "--message=before")
  await git("commit", "--quiet", "--message=nothing", "--allow-empty")
  const inputs = {
    source: "several",
    target: "all",
    "affected-since": "HEAD^1",
    checks: "vet",
    options: "--runtime=scratch",
  }
  const nothing = await use(inputs)
  expect(nothing.code, nothing.log).toBe(0)
  // A test can fail that is in no image: checks are of all modules.
  expect(nothing.log).toMatch(/^module: links\n[^]*^vet: passed\nmodule: web\n[^]*^vet: passed\n/m)
  expect(nothing.log).toMatch(/^No image may have changed since HEAD\^1: nothing to build\.$/m)

  appendFileSync(join(repository, "links/main.go"), "\n// changed\n")
  await git("commit", "--quiet", "--all", "--message=links")
  const one = await use(inputs)
  expect(one.code, one.log).toBe(0)
  expect(one.log).toContain("vet: passed\n")
  expect(one.log).toMatch(/^built \S+links\b|^built links\b/m)
  expect(one.log).not.toMatch(/^built web\b/m)

  expect((await use({ ...inputs, "affected-since": "gone" })).code).toBe(2)
})

it.each([
  [{ push: "yes" }, "::error::go-image: the input push is true or false"],
  [{ source: "none" }, "none"],
  [{ options: "--what" }, "error: unknown option '--what'"],
])("refuses %j", async (inputs, message) => {
  const { code, log } = await use(inputs)
  expect(code).toBe(2)
  expect(log).toContain(message)
})
