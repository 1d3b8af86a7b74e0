import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { Contents } from "../../cli/image/contents/contents.js"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")
const lockFile = join(project, "go-image.lock")
let registry: Registry

beforeAll(async () => {
  registry = await Registry.start()
  goProject("base", "base")
  await pushBase("one")
  goProject("project", "hello")
  writeFileSync(join(project, "project.toml"), `[go-image]\nruntime = "${registry.host}/base:1"\n`)
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await registry.stop()
})

function goProject(name: string, text: string): void {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, "go.mod"), `module example.com/${name}\n\ngo 1.25\n`)
  writeFileSync(
    join(folder, name, "main.go"),
    `package main\n\nfunc main() { println(${JSON.stringify(text)}) }\n`,
  )
}

async function pushBase(text: string): Promise<void> {
  goProject("base", text)
  const tag = `${registry.host}/base:1`
  const pushed = await script([join(folder, "base"), "--runtime=scratch", "--push", "--tag", tag])
  expect(pushed.code, pushed.stderr).toBe(0)
}

async function build() {
  const archive = join(folder, "image.tar")
  const { code, stdout, stderr } = await script([project, "--output", archive])
  expect(code, stderr).toBe(0)
  const inspected = await script(["inspect", "--json", archive])
  const { labels, files } = JSON.parse(inspected.stdout) as Contents
  return { digest: stdout.trim(), labels, files: Object.keys(files), stderr }
}

const baseDigest = () => registry.pushed["base:1"]!
const lines = () => readFileSync(lockFile, "utf8").split("\n")

it("a locked base is the same in each build, whatever its tag says meanwhile, until it is locked again", async () => {
  const locked = await script(["lock", project])
  expect(locked.code, locked.stderr).toBe(0)
  expect(locked.stdout).toBe("")
  const first = baseDigest()
  const name = `${registry.host}/base:1`
  expect(lines()).toContain(`"${name}" = "${name}@${first}"`)
  // With a digest where a registry answers.
  expect(lines().find((line) => line.startsWith('"golang:1.25" = "golang:1.25.'))).toBeDefined()

  const image = await build()
  expect(image.stderr).toMatch(`runtime: ${name}@${first}  (go-image.lock:`)
  expect(image.stderr).toMatch(/builder: golang:1\.25\.\d+\S* {2}\(go-image\.lock:/)
  expect(image.labels["org.opencontainers.image.base.name"]).toBe(name)
  expect(image.labels["org.opencontainers.image.base.digest"]).toBe(first)
  expect(image.files).not.toContain("/app/go-image.lock")

  await pushBase("two")
  expect(baseDigest()).not.toBe(first)
  expect((await build()).digest).toBe(image.digest)
  const verify = ["verify", join(folder, "image.tar"), "--source", project]
  expect((await script(verify)).stdout).toBe(`identical: ${image.digest}\n`)

  const again = await script(["lock", project])
  expect(again.stderr).toContain(`${name}: ${name}@${first} -> ${name}@${baseDigest()}`)
  const other = await build()
  expect(other.labels["org.opencontainers.image.base.digest"]).toBe(baseDigest())
  expect(other.digest).not.toBe(image.digest)

  expect((await script(["lock", project])).stderr).toContain("go-image.lock is up to date")
})

it("a base that the lock file lacks is told once, with what to type", async () => {
  const before = readFileSync(lockFile, "utf8")
  const without = before.replace(/^"127.*\n/m, "")
  writeFileSync(lockFile, without)
  const { stderr, labels } = await build()
  expect(stderr.match(/go-image\.lock: it lacks .*/g)).toEqual([
    `go-image.lock: it lacks ${registry.host}/base:1: \`go-image lock\` adds it, with Dagger \`dagger call lock\``,
  ])
  expect(labels["org.opencontainers.image.base.digest"]).toBeUndefined()

  // Without its digest, nobody can bring the old one back.
  await pushBase("three")
  const verified = await script(["verify", join(folder, "image.tar"), "--source", project])
  expect(verified.code).toBe(6)
  expect(verified.stdout).toMatch(/^first difference: \S+: layer 3 .*: \/app\/base: byte \d+: .*$/m)
  expect(verified.stdout).toContain("base image: ")
  writeFileSync(lockFile, before)
})

it.each([
  [
    "that is gone",
    /@sha256:[0-9a-f]{64}/,
    `@sha256:${"0".repeat(64)}`,
    /^the base image 127\S+@sha256:0{64} is not available: .*\nIts registry does not have this digest\. .*`bash script\/build lock`.*$/m,
  ],
  ["that somebody edited", "@sha256:", "@sha265:", /^go-image\.lock:6: .*\n`go-image lock` .*$/m],
])("a digest %s is two lines, and exit status 2", async (_, digest, edited, said) => {
  const before = readFileSync(lockFile, "utf8")
  writeFileSync(lockFile, before.replace(digest, edited))
  const { code, stderr, stdout } = await script([project, "--output", join(folder, "none.tar")])
  expect(stderr).toMatch(said)
  expect(code).toBe(2)
  expect(stdout).toBe("")
  writeFileSync(lockFile, before)
})

it("where the registry is not reached, the lock file stays as it is", async () => {
  const before = readFileSync(lockFile, "utf8")
  const toml = join(project, "project.toml")
  writeFileSync(toml, '[go-image]\nruntime = "127.0.0.1:1/base:1"\n')
  const { code, stderr } = await script(["lock", project])
  expect(stderr).toMatch(
    /^the registry 127\.0\.0\.1:1 is not reachable: it is needed for the digest of 127\.0\.0\.1:1\/base:1\n/,
  )
  expect(code).toBe(75)
  expect(readFileSync(lockFile, "utf8")).toBe(before)
})
