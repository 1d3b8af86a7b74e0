import { setTimeout as sleep } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { unlessRefused } from "../../../../cli/bases/host.js"

const never = new Promise<ReadonlyMap<string, boolean>>(() => undefined)
const goesOn = new AbortController().signal

function registries(answers: Record<string, boolean>) {
  return Promise.resolve(new Map(Object.entries(answers)))
}

/** Ends with the signal's reason, as a build that is cancelled does. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => {
      reject(signal.reason as Error)
    }
    if (signal.aborted) end()
    signal.addEventListener("abort", end)
  })
}

describe("unlessRefused", () => {
  it("does not wait for registries", async () => {
    expect(await unlessRefused(never, goesOn, () => Promise.resolve("done"))).toBe("done")
  })

  it("is called off where a registry does not answer", async () => {
    const answers = registries({ "docker.io": true, "dhi.io": false })
    expect(await unlessRefused(answers, goesOn, untilAborted)).toBeUndefined()
  })

  it("asks why it failed: no registry", async () => {
    const answers = sleep(5).then(() => registries({ "docker.io": false }))
    const fails = () => Promise.reject(new Error("no such host"))
    expect(await unlessRefused(answers, goesOn, fails)).toBeUndefined()
  })

  it("fails by itself where registries answer", async () => {
    const fails = () => Promise.reject(new Error("does not compile"))
    const work = unlessRefused(registries({ "docker.io": true }), goesOn, fails)
    await expect(work).rejects.toThrow("does not compile")
  })

  it("is interrupted, and not tried again", async () => {
    const interrupted = new AbortController()
    const work = unlessRefused(never, interrupted.signal, untilAborted)
    interrupted.abort(new Error("SIGINT"))
    await expect(work).rejects.toThrow("SIGINT")
  })

  it("fails with the question, where that fails", async () => {
    const question = Promise.reject(new Error("SIGINT"))
    const fails = () => Promise.reject(new Error("no such host"))
    await expect(unlessRefused(question, goesOn, fails)).rejects.toThrow("SIGINT")
  })
})
