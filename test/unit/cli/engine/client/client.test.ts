import { chmodSync, existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { runClient } from "../../../../../cli/engine/client/client.js"
import { BuildFailed, type ProgressEvent } from "../../../../../cli/engine/engine.js"
import { temporaryFolder } from "../../temporary.js"

const step = { digest: "sha256:1", name: "[1/1] RUN go build", started: "2026-01-01T00:00:00Z" }

/** A program that behaves as a client of BuildKit's does. */
function program(script: string): string {
  const path = join(temporaryFolder(), "client")
  writeFileSync(path, `#!${process.execPath}\n${script}`)
  chmodSync(path, 0o755)
  return path
}

function client(script: string, changes: Partial<Parameters<typeof runClient>[1]> = {}) {
  const events: ProgressEvent[] = []
  const done = runClient([program(script)], {
    engine: "BuildKit",
    cwd: temporaryFolder(),
    onProgress: (event) => events.push(event),
    ...changes,
  })
  return { done, events }
}

describe("runClient", () => {
  it("passes on progress", async () => {
    const { done, events } = client(
      `console.error(JSON.stringify({ vertexes: [${JSON.stringify(step)}] }))`,
    )
    await done
    expect(events).toEqual([{ type: "step-started", id: step.digest, name: step.name }])
  })

  it("rejects with the step that failed", async () => {
    const failed = { ...step, completed: step.started, error: "process failed: exit code: 2" }
    const { done } = client(
      `console.error(JSON.stringify({ vertexes: [${JSON.stringify(failed)}] })); process.exit(1)`,
    )
    await expect(done).rejects.toThrow(BuildFailed)
  })

  it("cancels when asked to, and ends when the program has cleaned up", async () => {
    const controller = new AbortController()
    const folder = temporaryFolder()
    const { done } = client(
      `process.on("SIGTERM", () => { require("node:fs").writeFileSync("clean", ""); process.exit(1) })
       setInterval(() => {}, 1000)
       console.error(JSON.stringify({ vertexes: [${JSON.stringify(step)}] }))`,
      {
        cwd: folder,
        signal: controller.signal,
        onProgress: () => {
          controller.abort(new Error("enough"))
        },
      },
    )
    await expect(done).rejects.toThrow("enough")
    expect(existsSync(join(folder, "clean"))).toBe(true)
  })

  it("does not start what is cancelled already", async () => {
    const signal = AbortSignal.abort(new Error("enough"))
    await expect(client("", { signal }).done).rejects.toThrow("enough")
  })

  it("tells a program that is not there", async () => {
    await expect(
      runClient(["/nowhere/buildctl"], {
        engine: "BuildKit",
        cwd: temporaryFolder(),
        onProgress: () => undefined,
      }),
    ).rejects.toThrow("/nowhere/buildctl")
  })
})
