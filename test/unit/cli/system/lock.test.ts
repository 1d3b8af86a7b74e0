import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { describe, expect, it, vi } from "vitest"
import { FileLock } from "../../../../cli/system/lock.js"
import { temporaryFolder } from "../temporary.js"

function isFree(path: string): boolean {
  return spawnSync("flock", ["--nonblock", path, "true"]).status === 0
}

describe.runIf(process.platform === "linux")("FileLock", () => {
  it("is held until it is released", async () => {
    const path = join(temporaryFolder(), "lock")
    const lock = await FileLock.exclusive(path)
    expect(isFree(path)).toBe(false)
    await lock.release()
    expect(isFree(path)).toBe(true)
  })

  it("waits for its turn, and takes a second release for none", async () => {
    const path = join(temporaryFolder(), "lock")
    const order: string[] = []
    const first = await FileLock.exclusive(path)
    const waiting = FileLock.exclusive(path).then((lock) => {
      order.push("second has it")
      return lock
    })
    order.push("first releases")
    await first.release()
    await first.release()
    await (await waiting).release()
    expect(order).toEqual(["first releases", "second has it"])
  })

  it("says that it waits, once, and only where it does", async () => {
    const path = join(temporaryFolder(), "lock")
    const said: string[] = []
    const lockAs = (name: string) =>
      FileLock.exclusive(path, {
        onWait: () => {
          said.push(name)
        },
      })
    const first = await lockAs("first")
    const waiting = lockAs("second")
    await vi.waitFor(
      () => {
        expect(said).toEqual(["second"])
      },
      { timeout: 20_000 },
    )
    await first.release()
    await (await waiting).release()
    expect(said).toEqual(["second"])
  })

  it("is given up when waiting is cancelled", async () => {
    const path = join(temporaryFolder(), "lock")
    const lock = await FileLock.exclusive(path)
    const controller = new AbortController()
    const waiting = FileLock.exclusive(path, { signal: controller.signal })
    controller.abort(new Error("cancelled"))
    await expect(waiting).rejects.toThrow("cancelled")
    await lock.release()
    await (await FileLock.exclusive(path)).release()
  })

  it("goes away with a process that is killed", async () => {
    const path = join(temporaryFolder(), "lock")
    // The same command line that FileLock uses, in a process that never releases.
    const script = `
      const { spawn } = require("node:child_process")
      const command = ["--exclusive", process.argv[1], "sh", "-c", "echo; read -r _"]
      const holder = spawn("flock", command, { detached: true })
      holder.stdout.on("data", () => console.log("held"))
      setInterval(() => {}, 1000)`
    const other = spawn(process.execPath, ["-e", script, path], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    await once(other.stdout, "data")
    expect(isFree(path)).toBe(false)
    other.kill("SIGKILL")
    await (await FileLock.exclusive(path)).release()
  })

  it("tells why a lock cannot be had at all", async () => {
    await expect(FileLock.exclusive("/nowhere/lock")).rejects.toThrow("/nowhere/lock")
  })
})
