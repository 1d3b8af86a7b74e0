import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, statSync, chmodSync } from "node:fs"
import { createConnection } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { buildSync } from "esbuild"
import { beforeAll, describe, expect, it } from "vitest"
import { joinDaemon, type DaemonOptions } from "../../../../../cli/engine/embedded/daemon.js"
import { temporaryFolder } from "../../temporary.js"

// Many processes; how fast they are is the machine's affair.
/** Listens, writes a line for its start and one for its end, and hands its process id to whoever connects. */
const listener = `
  const { appendFileSync } = require("node:fs")
  const [socket, journal] = process.argv.slice(1)
  const server = require("node:net").createServer((c) => c.on("error", () => {}).end(String(process.pid)))
  try { require("node:fs").unlinkSync(socket) } catch {}
  // Before it listens: whoever can connect may stop it.
  process.on("SIGTERM", () => { appendFileSync(journal, "stop\\n"); process.exit() })
  appendFileSync(journal, "start\\n")
  server.listen(socket)`

function daemon(): DaemonOptions & { journal: () => string[] } {
  const folder = join(temporaryFolder(), "run")
  const socket = join(folder, "socket")
  const journal = join(folder, "journal")
  return {
    name: "the daemon",
    folder,
    socket,
    command: [process.execPath, "-e", listener, socket, journal],
    env: { PATH: process.env.PATH },
    journal: () => (existsSync(journal) ? readFileSync(journal, "utf8").trimEnd().split("\n") : []),
  }
}

/** The daemon's process id, or undefined where none listens. */
function ask(socket: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    let answer = ""
    createConnection(socket)
      .on("data", (data) => (answer += data.toString()))
      .on("end", () => {
        resolve(Number(answer))
      })
      .on("error", () => {
        resolve(undefined)
      })
  })
}

/** Until what must happen has happened; how long that takes is the machine's affair, and the test's time limit ours. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10)
}

describe.runIf(process.platform === "linux")("a daemon shared by processes", () => {
  let client: string

  beforeAll(() => {
    // A program that joins, says so, and leaves when its standard input ends.
    const { outputFiles } = buildSync({
      stdin: {
        contents: `
          import { joinDaemon } from "./cli/engine/embedded/daemon.js"
          const member = await joinDaemon(JSON.parse(process.argv[1]))
          console.log("joined")
          process.stdin.resume().on("end", () => void member.leave().then(() => console.log("left")))`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
    })
    client = outputFiles[0]?.text ?? ""
  })

  it("keeps what the daemon before it had to say", async () => {
    const options = daemon()
    const [program = "", flag = "", script = "", ...rest] = options.command
    for (const word of ["first", "second"]) {
      const talking = `console.log("${word}");${script}`
      const member = await joinDaemon({ ...options, command: [program, flag, talking, ...rest] })
      await member.leave()
    }
    const log = (name: string) => readFileSync(join(options.folder, name), "utf8").trim()
    expect([log("daemon.log.old"), log("daemon.log")]).toEqual(["first", "second"])
  })

  function start(options: DaemonOptions): ChildProcess {
    return spawn(
      process.execPath,
      ["--input-type=module", "-e", client, "--", JSON.stringify(options)],
      { stdio: ["pipe", "pipe", "inherit"] },
    )
  }

  async function said(process: ChildProcess, word: string): Promise<void> {
    if (!process.stdout) throw new Error("no standard output")
    for await (const data of process.stdout.iterator({ destroyOnReturn: false })) {
      if (String(data).includes(word)) return
    }
    throw new Error(`it ended without saying ${word}`)
  }

  it("is started for the first and stopped by the last", async () => {
    const options = daemon()
    const first = await joinDaemon(options)
    const pid = await ask(options.socket)
    const second = await joinDaemon(options)
    expect(await ask(options.socket)).toBe(pid)
    await first.leave()
    await first.leave()
    expect(await ask(options.socket)).toBe(pid)
    await second.leave()
    expect(await ask(options.socket)).toBeUndefined()
    expect(options.journal()).toEqual(["start", "stop"])
    expect(statSync(options.folder).mode & 0o777).toBe(0o700)
  })

  it("starts anew after it was stopped", async () => {
    const options = daemon()
    for (let i = 0; i < 2; i++) await (await joinDaemon(options)).leave()
    expect(options.journal()).toEqual(["start", "stop", "start", "stop"])
  })

  it("is one for processes that start and end at the same time", async () => {
    const options = daemon()
    const clients = Array.from({ length: 6 }, () => start(options))
    await Promise.all(clients.map((process) => said(process, "joined")))
    expect(options.journal()).toEqual(["start"])
    for (const process of clients) process.stdin?.end()
    await Promise.all(clients.map((process) => said(process, "left")))
    expect(options.journal()).toEqual(["start", "stop"])
    expect(await ask(options.socket)).toBeUndefined()
  })

  it("ends when its only client is killed", async () => {
    const options = daemon()
    const process = start(options)
    await said(process, "joined")
    process.kill("SIGKILL")
    await until(async () => (await ask(options.socket)) === undefined)
    await (await joinDaemon(options)).leave()
    expect(options.journal()).toEqual(["start", "stop", "start", "stop"])
  })

  it("stays for the others when a client is killed", async () => {
    const options = daemon()
    const process = start(options)
    await said(process, "joined")
    const member = await joinDaemon(options)
    process.kill("SIGKILL")
    await once(process, "exit")
    expect(options.journal()).toEqual(["start"])
    await member.leave()
    expect(options.journal()).toEqual(["start", "stop"])
  })

  it("is started again for the next one where it was killed", async () => {
    const options = daemon()
    const first = await joinDaemon(options)
    process.kill((await ask(options.socket)) ?? 0, "SIGKILL")
    await until(async () => (await ask(options.socket)) === undefined)
    const second = await joinDaemon(options)
    expect(await ask(options.socket)).toBeDefined()
    await Promise.all([first.leave(), second.leave()])
    expect(await ask(options.socket)).toBeUndefined()
  })

  it("does not hear Ctrl-C in the terminal of its clients", async () => {
    const options = daemon()
    const process_ = spawn(
      process.execPath,
      ["--input-type=module", "-e", client, "--", JSON.stringify(options)],
      { stdio: ["pipe", "pipe", "inherit"], detached: true },
    )
    await said(process_, "joined")
    const member = await joinDaemon(options)
    // To the whole process group, as a terminal does it.
    process.kill(-(process_.pid ?? 0), "SIGINT")
    await once(process_, "exit")
    expect(await ask(options.socket)).toBeDefined()
    await member.leave()
  })

  it("tells what a daemon said that did not start, and keeps nobody waiting", async () => {
    const options = { ...daemon(), command: ["sh", "-c", "echo no such feature >&2; exit 1"] }
    await expect(joinDaemon(options)).rejects.toThrow(
      "the daemon ended at once:\nno such feature\n",
    )
    await expect(joinDaemon(options)).rejects.toThrow("no such feature")
  })

  it("refuses a folder that others can enter", async () => {
    const options = daemon()
    await (await joinDaemon(options)).leave()
    chmodSync(options.folder, 0o755)
    await expect(joinDaemon(options)).rejects.toThrow("can be used by others")
  })
})
