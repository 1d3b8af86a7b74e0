import { createHash, randomUUID } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import type { Contents } from "../../cli/image/contents/contents.js"
import type { Change } from "../../cli/commands/inspect/difference.js"
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

  // What an earlier build wrote is known by its content where the next one does not name it.
  const results = ["--sbom", "bom.json", "--provenance", "p.json", "--explain", "e.html"]
  const third = await script([".", "--quiet", "--dotenv-file", "a.env", ...results], {
    cwd: project,
  })
  const fourth = await script(["."], { cwd: project })
  expect([third.stdout, fourth.stdout], fourth.stderr).toEqual([`${digest}\n`, `${digest}\n`])
  expect(fourth.stderr).toContain("6 files of earlier builds or profiles are not in the image")
})

it("of a push: the name by which the registry has it", async () => {
  const registry = await Registry.start()
  const tags = ["1", "latest"].flatMap((tag) => ["--tag", `${registry.host}/team/hello:${tag}`])
  const { code, stdout, stderr } = await script([project, ...tags, "--push"])
  expect(code, stderr).toBe(0)
  const [, digest = ""] = /@(sha256:[0-9a-f]{64})\n$/.exec(stdout) ?? []
  expect(stdout).toBe(`${registry.host}/team/hello@${digest}\n`)
  expect(stderr).toMatch(/^size {2}\d.* compressed: debian:bookworm-slim \d.* \+ programs \d/m)
  const reference = `${registry.host}/team/hello@${digest}`
  expect(stderr.trimEnd().split("\n").slice(-3)).toEqual([
    `run   docker run --rm ${reference}`,
    `      podman run --rm ${reference}`,
    `      kubectl create deployment hello --image=${reference}  # or job, if it ends`,
  ])
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

describe("inspect and diff", () => {
  const archives = ["one.tar", "other.tar"].map((name) => join(folder, name))
  const [one = "", other = ""] = archives

  beforeAll(async () => {
    for (const [index, archive] of archives.entries()) {
      writeFileSync(join(project, "more.go"), `package main\n\nvar number = ${index}\n`)
      writeFileSync(join(project, "data.txt"), String(index))
      const { code, stderr } = await script([project, "-o", archive])
      expect(code, stderr).toBe(0)
    }
    for (const name of ["more.go", "data.txt"]) rmSync(join(project, name))
  })

  it("say what is in an image", async () => {
    const { code, stdout, stderr } = await script(["inspect", one])
    expect(code, stderr).toBe(0)
    const { digest } = await readImage(one)
    expect(stdout).toContain(`image: ${digest}\nplatform: linux/`)
    expect(stdout).toContain("\nentry point: /app/hello\n")
    expect(stdout).toMatch(
      /^program \/app\/hello:\n {2}\d\.\d MB, go1\.25\.\d+, package example\.com\/hello, /m,
    )
    const { stdout: json } = await script(["inspect", one, "--json"])
    const contents = JSON.parse(json) as Contents
    expect(contents.programs).toHaveLength(1)
    expect(contents.programs[0]).toMatchObject({
      file: "/app/hello",
      path: "example.com/hello",
      modules: [],
      settings: { "-trimpath": "true", CGO_ENABLED: "0" },
    })
    expect(contents.programs[0]?.packages.map(({ name }) => name)).toContain("runtime")
    expect(Object.keys(contents.files)).toContain("/app/data.txt")
    expect(contents.files).not.toHaveProperty("/app/main.go")
  })

  it("say what differs, file by file", async () => {
    const same = await script(["diff", one, one])
    expect(same).toMatchObject({ code: 0, stdout: "the images are the same\n", stderr: "" })
    const { code, stdout } = await script(["diff", one, other])
    expect(code).toBe(1)
    const zero = createHash("sha256").update("0").digest("hex")
    expect(stdout).toMatch(
      new RegExp(`^  /app/data\\.txt: file 644 1000:0 1 bytes, sha256:${zero} -> file 644 `, "m"),
    )
    expect(stdout).toMatch(/^ {2}\/app\/hello: file 755 0:0 /m)
    expect(stdout).not.toContain("/etc/")
    const { stdout: json } = await script(["diff", one, other, "--json"])
    const changed = (JSON.parse(json) as Change[]).filter(({ kind }) => kind === "file")
    expect(changed.map(({ name }) => name)).toEqual(["/app/data.txt", "/app/hello"])
  })

  it("read from a registry, with what docker login has written", async () => {
    const login = { user: "jo", password: randomUUID() }
    const registry = await Registry.start(login)
    const name = `${registry.host}/team/hello:1`
    const auth = Buffer.from(`${login.user}:${login.password}`).toString("base64")
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    )
    const env = { DOCKER_CONFIG: folder }
    const pushed = await script([project, "--tag", name, "--push"], { env })
    expect(pushed.code, pushed.stderr).toBe(0)

    const read = await script(["inspect", name, "--json"], { env })
    expect(read.code, read.stderr).toBe(0)
    const { digest } = JSON.parse(read.stdout) as Contents
    expect(pushed.stdout).toContain(`@${digest}\n`)

    const strange = await script(["inspect", name], {
      env: { DOCKER_CONFIG: join(folder, "none") },
    })
    expect(strange.code).toBe(2)
    expect(strange.stderr).toMatch(/^the image cannot be read: .* 401 .*\n.*docker login /)
    const missing = await script(["inspect", `${registry.host}/team/nothing`], { env })
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^no such image: .* 404 /) as string,
    })
    await registry.stop()
    const gone = await script(["inspect", name], { env })
    expect(gone.code).toBe(75)
    expect(gone.stderr).toMatch(/^the registry .* is not reachable: .*ECONNREFUSED/)
  })

  it.each([
    [
      "a file that does not exist",
      ["inspect", "./missing.tar"],
      /^\.\/missing\.tar does not exist\n$/,
    ],
    ["a file that is no archive", ["inspect", "README.md"], /^README\.md is not /],
    ["no image", ["inspect"], /^error: missing required argument 'image'/],
    ["one image", ["diff", "./missing.tar"], /^error: missing required argument 'after'/],
  ])("refuse %s", async (_, args, message) => {
    const { code, stdout, stderr } = await script(args)
    expect(code).toBe(2)
    expect(stdout).toBe("")
    expect(stderr).toMatch(message)
  })
})
