import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Archive } from "../../cli/image/archive.js"
import { readImage } from "../read-image.js"
import { Registry } from "../conformance/registry.js"
import { root, script } from "./command.js"
import { isStaticProgram } from "./elf.js"

const source = join(root, "examples/hello-web")
const asked = [source, "--runtime", "scratch", "--platform", "linux/amd64,linux/arm64"]

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html: e_machine. */
const machines = { "linux/amd64": 62, "linux/arm64": 183 }

let folder: string
let archive: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  archive = join(folder, "app.tar")
  const { code, stderr } = await script([...asked, "--output", archive])
  expect(code, stderr).toBe(0)
  expect(stderr).toMatch(/^ {2}build-arm64: go build /m)
})

afterAll(() => rmSync(folder, { recursive: true }))

it.each(Object.entries(machines))("%s has a program of its own", async (platform, machine) => {
  const image = await readImage(archive, { platform })
  const program = await image.readFile("/app/hello-web")
  expect(program.readUInt16LE(18)).toBe(machine)
  expect(isStaticProgram(program)).toBe(true)
  const { os, architecture, config } = image.config
  expect(`${os}/${architecture}`).toBe(platform)
  expect(config).toMatchObject({ User: "65532:65532", Entrypoint: ["/app/hello-web"] })
})

it("are the only ones in the archive", async () => {
  const { index } = await Archive.open(archive)
  await expect(readImage(archive, { platform: "linux/s390x" })).rejects.toThrow("linux/s390x")
  expect(index.manifests).toHaveLength(1)
})

it("run where they can", async () => {
  const { code, stdout, stderr } = await script([...asked, "--run"])
  expect(code, stderr).toBe(0)
  expect(stdout).toContain("Hello from hello-web")
})

it("are pushed under one name", async () => {
  const registry = await Registry.start()
  try {
    const tag = `${registry.host}/team/app:v1`
    const { code, stderr } = await script([...asked, "--tag", tag, "--push"])
    expect(code, stderr).toBe(0)
    expect(Object.keys(registry.pushed)).toEqual(["team/app:v1"])
    const pushed = join(folder, "pushed.tar")
    await registry.save("team/app:v1", pushed)
    for (const platform of Object.keys(machines)) {
      const { architecture } = (await readImage(pushed, { platform })).config
      expect(platform).toBe(`linux/${architecture}`)
    }
  } finally {
    await registry.stop()
  }
})
