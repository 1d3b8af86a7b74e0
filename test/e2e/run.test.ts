import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { beforeAll, describe, expect, it } from "vitest"

import { readImage, type Image } from "../read-image.js"
import type { RunConfig } from "../../cli/image/oci.js"
import { runImage, type RunOptions } from "../../cli/run/container.js"
import { layer, writeImage, type LayerSpec } from "../unit/cli/image/make-archive.js"
import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

/** What the program in probe/ prints. */
interface Report {
  args: string[]
  env: string[]
  folder: string
  uid: number
  gid: number
  groups: number[]
  pid: number
  canWrite: string[]
  mountPoints: string[]
}

let program: Buffer

beforeAll(async () => {
  await prepareRuntime()
  const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  try {
    const archive = join(folder, "probe.tar")
    const { code, stderr } = await script(["test/e2e/probe", "--output", archive])
    expect(code, stderr).toBe(0)
    program = await (await readImage(archive)).readFile("/app/probe")
  } finally {
    rmSync(folder, { recursive: true })
  }
})

async function probe(config: RunConfig = {}, ...others: LayerSpec[]): Promise<Image> {
  const files = await layer(
    { name: "app/", type: "directory", uid: 1000, gid: 1000, mode: 0o755 },
    { name: "app/probe", content: program, mode: 0o755 },
    { name: "etc/passwd", content: "root:x:0:0::/root:\napp:x:1000:1001::/app:\n" },
    {
      name: "etc/group",
      content: "root:x:0:\napp:x:1001:\nmusic:x:29:app\ngames:x:60:other,app\n",
    },
    { name: "tmp/", type: "directory", mode: 0o1777 },
  )
  const run = { Entrypoint: ["/app/probe"], WorkingDir: "/app", ...config }
  return readImage(await writeImage({ layers: [...others, files], run }))
}

async function runToEnd(options: RunOptions) {
  const output = { stdout: "", stderr: "" }
  const container = await runImage({
    ...options,
    onOutput: (chunk, stream) => (output[stream] += chunk.toString()),
  })
  return { code: await container.exited, ...output }
}

async function report(options: RunOptions): Promise<Report> {
  const { code, stdout, stderr } = await runToEnd(options)
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as Report
}

/** Resolves with the container when the program has printed this. */
async function runUntil(text: string, options: RunOptions) {
  let output = ""
  const container = await runImage({
    ...options,
    onOutput: (chunk) => (output += chunk.toString()),
  })
  await expect.poll(() => output, { timeout: 10_000 }).toContain(text)
  return container
}

function folders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`go-image-run-${process.pid}-`))
}

describe("a program in a container", () => {
  it("sees what the image says", async () => {
    const config = { User: "1000:1000", Env: ["PORT=8080", "MODE=a=b"], Cmd: ["report", "x y", ""] }
    expect(await report({ image: await probe(config) })).toEqual({
      args: ["report", "x y", ""],
      env: expect.arrayContaining([
        expect.stringMatching(/^PATH=.*\/usr\/bin/),
        "PORT=8080",
        "MODE=a=b",
      ]) as string[],
      folder: "/app",
      uid: 1000,
      gid: 1000,
      groups: [],
      pid: 1,
      canWrite: ["/app", "/tmp", "/dev/shm"],
      mountPoints: ["/proc/self", "/dev/null", "/sys/kernel", "/etc/resolv.conf", "/etc/hosts"],
    })
  })

  it("is root where the image names no user", async () => {
    const { uid, gid, canWrite } = await report({ image: await probe() })
    expect({ uid, gid }).toEqual({ uid: 0, gid: 0 })
    expect(canWrite).toEqual(["/", "/app", "/tmp", "/dev/shm"])
  })

  it("is the user that the image names, with its other groups", async () => {
    const { uid, gid, groups } = await report({ image: await probe({ User: "app" }) })
    expect({ uid, gid }).toEqual({ uid: 1000, gid: 1001 })
    expect(groups.sort()).toEqual([29, 60])
  })

  it("gets other arguments, variables and another user when they are given", async () => {
    const image = await probe({ User: "app", Env: ["PORT=8080"], Cmd: ["exit", "1"] })
    const given = { args: ["report", "$PORT"], env: { PORT: "9", EMPTY: "" }, user: "7" }
    const { args, env, uid, gid } = await report({ image, ...given })
    expect({ args, uid, gid }).toEqual({ args: ["report", "$PORT"], uid: 7, gid: 0 })
    expect(env).toEqual(expect.arrayContaining(["PORT=9", "EMPTY="]))
    expect(env).not.toContain("PORT=8080")
  })

  it("is another one when an entrypoint is given, without the image's arguments", async () => {
    const image = await probe({ Entrypoint: ["/no/such"], Cmd: ["exit", "1"] })
    expect((await report({ image, entrypoint: ["/app/probe"] })).args).toEqual([])
  })

  it("tells the lines where it crashed, without debug information", async () => {
    const lines = readFileSync("test/e2e/probe/main.go", "utf8").split("\n")
    const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1
    const { code, stderr } = await runToEnd({ image: await probe({ Cmd: ["crash"] }) })
    expect(code).toBe(2)
    expect(stderr).toContain("panic: runtime error: index out of range [0] with length 0")
    expect(stderr).toContain(`main.first(...)\n\texample.com/probe/main.go:${lineOf("// crashes")}`)
    expect(stderr).toContain(`main.main()\n\texample.com/probe/main.go:${lineOf("first(nil)")}`)
  })

  it("can write to nothing but temporary folders where that is asked for", async () => {
    const { canWrite } = await report({ image: await probe(), readOnly: true })
    expect(canWrite).toEqual(["/tmp", "/dev/shm"])
  })
})

describe("an image that stands on many files", () => {
  const many = Array.from({ length: 120 }, (_, index) => ({
    name: `data/many/${index}`,
    content: "",
  }))
  const lower = () =>
    layer(
      ...many,
      { name: "data/removed", content: "lower" },
      { name: "data/removed-folder/x", content: "lower" },
      { name: "data/kept", content: "lower" },
      { name: "data/mode", content: "lower" },
      { name: "data/emptied/x", content: "lower" },
      { name: "data/becomes-folder", content: "lower" },
      { name: "data/becomes-file/x", content: "lower" },
      { name: "data/folder/", type: "directory", mode: 0o700 },
      { name: "data/folder/x", content: "lower" },
      { name: "data/link", type: "symlink", linkname: "kept" },
    )
  const upper = () =>
    layer(
      { name: "data/.wh.removed", content: "" },
      { name: "data/.wh.removed-folder", content: "" },
      { name: "data/mode", content: "upper", mode: 0o600 },
      { name: "data/emptied/.wh..wh..opq", content: "" },
      { name: "data/emptied/y", content: "upper" },
      { name: "data/.wh.becomes-folder", content: "" },
      { name: "data/becomes-folder/y", content: "upper" },
      { name: "data/becomes-file", content: "upper" },
      { name: "data/folder/y", content: "upper" },
      { name: "data/hard", type: "link", linkname: "data/mode" },
    )
  const tree = `
drwxr-xr-x /data
-rw-r--r-- /data/becomes-file upper
drwxr-xr-x /data/becomes-folder
-rw-r--r-- /data/becomes-folder/y upper
drwxr-xr-x /data/emptied
-rw-r--r-- /data/emptied/y upper
drwx------ /data/folder
-rw-r--r-- /data/folder/x lower
-rw-r--r-- /data/folder/y upper
-rw------- /data/hard upper
-rw-r--r-- /data/kept lower
Lrwxrwxrwx /data/link kept
-rw------- /data/mode upper
`
  const show = async (image: Image) => {
    const { code, stdout, stderr } = await runToEnd({ image, args: ["tree", "/data"] })
    expect(code, stderr).toBe(0)
    return stdout.replace(/.* \/data\/many.*\n/g, "").replace(/ $/gm, "")
  }

  it("shows what its layers make together", async () => {
    expect(`\n${await show(await probe({}, await lower(), await upper()))}`).toBe(tree)
  })

  it("does not see what another container has written", async () => {
    const image = await probe({}, await lower(), await upper())
    for (const path of ["/data/kept", "/data/removed", "/data/many/7"]) {
      expect(await runToEnd({ image, args: ["write", path] })).toMatchObject({ code: 0 })
    }
    expect(`\n${await show(image)}`).toBe(tree)
    expect(folders()).toEqual([])
  })

  it("has the user that a lower layer knows", async () => {
    const users = await layer(...many, { name: "etc/group", content: "wheel:x:70:app\n" })
    const image = await probe({ User: "app" }, users)
    expect((await report({ image })).uid).toBe(1000)
  })
})

describe("a container", () => {
  it("gives the program's exit code and all its output, and leaves nothing", async () => {
    const ended = await runToEnd({ image: await probe(), args: ["exit", "7"] })
    expect(ended).toEqual({ code: 7, stdout: "", stderr: "exiting with 7\n" })
    expect(folders()).toEqual([])
  })

  it("stops when it is asked to", async () => {
    const container = await runUntil("waiting", { image: await probe({ Cmd: ["wait"] }) })
    expect(folders()).toEqual([container.id])
    expect(await container.stop()).toBe(0)
    expect(folders()).toEqual([])
    // Once more does no harm.
    expect(await container.stop()).toBe(0)
  })

  it("is killed when it does not stop in time", async () => {
    const container = await runUntil("ignoring", { image: await probe({ Cmd: ["ignore"] }) })
    expect(await container.stop(200)).toBe(128 + 9)
    expect(folders()).toEqual([])
  })

  it("stops when its signal is aborted", async () => {
    const cancel = new AbortController()
    const image = await probe({ Cmd: ["wait"] })
    const container = await runUntil("waiting", { image, signal: cancel.signal })
    cancel.abort()
    expect(await container.exited).toBe(0)
  })

  it("is not started when its signal is aborted before", async () => {
    const signal = AbortSignal.abort(new Error("cancelled"))
    await expect(runImage({ image: await probe(), signal })).rejects.toThrow("cancelled")
    expect(folders()).toEqual([])
  })
})

describe("an image that cannot be run is refused:", () => {
  const cases: { title: string; config: RunConfig; message: string }[] = [
    {
      title: "its program is missing",
      config: { Entrypoint: ["/no/such"] },
      message:
        'the image cannot be run: runc run failed: unable to start container process: exec: "/no/such"',
    },
    {
      title: "its program cannot be executed",
      config: { Entrypoint: ["/etc/passwd"] },
      message: "permission denied",
    },
    {
      title: "it names no program",
      config: { Entrypoint: [] },
      message: "the image does not say which program to run",
    },
    {
      title: "its user is unknown",
      config: { User: "nobody" },
      message: "the image's user nobody is not in its /etc/passwd",
    },
  ]
  for (const { title, config, message } of cases) {
    it(title, async () => {
      await expect(runImage({ image: await probe(config) })).rejects.toThrow(message)
      expect(folders()).toEqual([])
    })
  }
})
