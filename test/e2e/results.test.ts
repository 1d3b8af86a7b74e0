import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readImage } from "../../cli/image/image.js"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"

/** What programs are told of an image that was built. */

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")

beforeAll(() => {
  mkdirSync(project)
  writeFileSync(join(project, "go.mod"), "module example.com/hello\n\ngo 1.25\n")
  writeFileSync(join(project, "main.go"), 'package main\n\nfunc main() { println("hello") }\n')
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

it("of an archive, in the project's own folder, twice: one digest, and no file of the first time is input", async () => {
  const build = () =>
    script([".", "--quiet", "--metadata-file", "meta.json", "--digest-file", "digest"], {
      cwd: project,
    })
  const [first, second] = [await build(), await build()]
  const { digest } = await readImage(join(project, "hello.oci.tar"))
  for (const { code, stdout, stderr } of [first, second]) {
    expect(code, stderr).toBe(0)
    expect(stdout).toBe(`${digest}\n`)
    expect(stderr).toBe("")
  }
  expect(readFileSync(join(project, "digest"), "utf8")).toBe(digest)
  expect(JSON.parse(readFileSync(join(project, "meta.json"), "utf8"))).toMatchObject({
    "containerimage.digest": digest,
  })
  const { files } = await readImage(join(project, "hello.oci.tar"))
  for (const name of ["/app/meta.json", "/app/digest"]) expect(files.has(name)).toBe(false)
})

it("of a push: the name by which the registry has it", async () => {
  const registry = await Registry.start()
  const tags = ["1", "latest"].flatMap((tag) => ["--tag", `${registry.host}/team/hello:${tag}`])
  const { code, stdout, stderr } = await script([project, ...tags, "--push"])
  expect(code, stderr).toBe(0)
  const [, digest = ""] = /@(sha256:[0-9a-f]{64})\n$/.exec(stdout) ?? []
  expect(stdout).toBe(`${registry.host}/team/hello@${digest}\n`)
  const response = await fetch(`http://${registry.host}/v2/team/hello/manifests/${digest}`)
  expect(response.status).toBe(200)
  await registry.stop()
})

it("a build that fails prints nothing on standard output, and with --quiet what is wrong alone", async () => {
  const broken = join(folder, "broken")
  mkdirSync(broken)
  writeFileSync(join(broken, "go.mod"), "module example.com/broken\n\ngo 1.25\n")
  writeFileSync(join(broken, "main.go"), "package main\n\nfunc main() { missing() }\n")
  const { code, stdout, stderr } = await script([broken, "--quiet", "-o", join(folder, "b.tar")])
  expect(code).toBe(3)
  expect(stdout).toBe("")
  expect(stderr).toMatch(/^# example.com\/broken\n\.\/main\.go:3:15: undefined: missing\n/)
})
