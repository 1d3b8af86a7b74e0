import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"

import { readImage } from "../read-image.js"
import { runImage } from "../../cli/run/container.js"
import { writeImage } from "../unit/cli/image/make-archive.js"
import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

/** Temporary files of the command line go here, so that what it leaves behind is seen. */
let temporary: string

beforeAll(prepareRuntime)

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(temporary, { recursive: true })
})

/** A program without a port is run until it ends, which this one never does by itself. */
const worker = ["examples/orders", "--process", "worker", "--port", "0", "--run"]
const workerStarted = "worker: waiting for orders"

describe("script/build --run", () => {
  it("shows the answer on stdout, stops the program, and leaves nothing", async () => {
    const ended = await script(["examples/hello-web", "--run"], { env: { TMPDIR: temporary } })
    expect(ended.stdout).toBe("Hello from hello-web\n")
    expect(ended.code, ended.stderr).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })

  // Of a program on port 80, which is another one than the image's, started after a command of its own.
  it("finds the port that the program listens on, and ends the program itself", async () => {
    const server = createServer((socket) => socket.end("from this machine"))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    const elsewhere = ["--environment", `ELSEWHERE=host.docker.internal:${port}`]
    try {
      const args = ["test/e2e/starts", ...elsewhere, "--port", "8080", "--run"]
      const { code, stdout, stderr } = await script(args, { env: { TMPDIR: temporary } })
      expect(code, stderr).toBe(0)
      expect(stdout).toBe(
        "migrated\nfrom this machine\nhello\ngraceful, as process 1 of user 1000\n",
      )
      expect(stderr).toContain("note: Procfile:1: /bin/starts is /app/starts in this image\n")
      expect(stderr).toContain(
        "note: the program listens on port 80, but the image names 8080: use --port 80\n",
      )
    } finally {
      server.close()
    }
    expect(readdirSync(temporary)).toEqual([])
  })

  it("asks the ports that the image says until one answers; by another one here where it is taken", async () => {
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(80, "127.0.0.1", resolve)
    })
    try {
      const ports = ["--port", "2525", "--port", "80"]
      const { code, stdout, stderr } = await script(["test/e2e/starts", ...ports, "--run"])
      expect(code, stderr).toBe(0)
      expect(stderr).toContain("\nno answer from port 2525 within 4 s\n")
      expect(stderr).toContain("\nport 80 answers: 200 OK\n")
      expect(stdout).toContain("\nhello\n")
      expect(stderr).toMatch(/asking http:\S+:\d{4,}\/ \(port 80 is in use on this machine\)\n/)
      expect(stderr).not.toContain("agree")
    } finally {
      server.close()
    }
  })

  it.each([
    ["ends", `println("DATABASE_URL not set"); os.Exit(3)`, "the program ended with exit code 3\n"],
    [
      "listens on nothing",
      `time.Sleep(time.Hour)`,
      "the program does not listen on a TCP port after 15 s",
    ],
  ])("has exit status 1 where the program %s", async (_, body, said) => {
    const project = join(temporary, "project")
    mkdirSync(project)
    writeFileSync(join(project, "go.mod"), "module example.com/ends\n\ngo 1.25\n")
    const text = `package main\n\nimport (\n\t_ "net"\n\t"os"\n\t"time"\n)\n\nvar _, _ = os.Exit, time.Sleep\n\nfunc main() { ${body} }\n`
    writeFileSync(join(project, "main.go"), text)
    const { code, stderr } = await script([project, "--run"], { env: { TMPDIR: temporary } })
    expect(code, stderr).toBe(1)
    expect(stderr).toContain(said)
    const next = `  bash script/build dev ${project} --service postgres:17\n`
    if (body.includes("DATABASE_URL")) expect(stderr).toContain(next)
    else expect(stderr).toContain("use --port 0")
    expect(readdirSync(temporary)).toEqual(["project"])
  })

  it("ends a program on Ctrl-C, and leaves nothing", async () => {
    let program: number | undefined
    const { code, stderr } = await script(worker, {
      env: { TMPDIR: temporary },
      onStderr: (text, kill) => {
        if (program !== undefined || !text.includes(workerStarted)) return
        program = findWorker(temporary)
        kill("SIGINT")
      },
    })
    expect(code, stderr).toBe(130)
    expect(program).toBeDefined()
    expect(isRunning(program!)).toBe(false)
    expect(readdirSync(temporary)).toEqual([])
  })

  it("takes the program with it when it is killed itself; the next run cleans up", async () => {
    let program: number | undefined
    await script(worker, {
      env: { TMPDIR: temporary },
      onStderr: (text, kill) => {
        if (program !== undefined || !text.includes(workerStarted)) return
        program = findWorker(temporary)
        kill("SIGKILL")
      },
    })
    expect(program).toBeDefined()
    await expect.poll(() => isRunning(program!)).toBe(false)
    expect(containers(temporary)).toHaveLength(1)

    const image = await readImage(await writeImage({ layers: [], run: { Cmd: ["/missing"] } }))
    vi.stubEnv("TMPDIR", temporary)
    await expect(runImage({ image })).rejects.toThrow("cannot be run")
    expect(containers(temporary)).toEqual([])
  })

  it("writes nothing when the build is interrupted", async () => {
    const output = join(temporary, "image.tar")
    const args = ["examples/orders", "--no-cache", "--output", output]
    let interrupted = false
    const { code, stderr } = await script(args, {
      onStderr: (text, kill) => {
        if (interrupted || !text.includes("building with")) return
        interrupted = true
        kill("SIGINT")
      },
    })
    expect(code, stderr).toBe(130)
    expect(existsSync(output)).toBe(false)
  })
})

function containers(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("go-image-run-"))
}

/** The process on this machine whose container was started from that folder for temporary files. */
function findWorker(folder: string): number | undefined {
  const [id] = containers(folder)
  return processes().find((pid) => {
    const isWorker = read(`/proc/${pid}/cmdline`).startsWith("/app/bin/worker\0")
    return isWorker && id !== undefined && read(`/proc/${pid}/cgroup`).includes(id)
  })
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger)
}

function isRunning(pid: number): boolean {
  return read(`/proc/${pid}/cmdline`).startsWith("/app/bin/worker\0")
}

/** Empty for a process that has ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "latin1")
  } catch {
    return ""
  }
}
