import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Changes, type Change } from "../../../../../cli/commands/dev/changes.js"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const never = new AbortController().signal

/** What `next` gives, once it does. */
function take(changes: Changes): Change[] {
  const taken: Change[] = []
  void changes.next(never).then((change) => taken.push(change))
  return taken
}

describe("changes", () => {
  it("that come together are one, with the time of the last", async () => {
    const changes = new Changes()
    const taken = take(changes)
    for (let index = 0; index < 200; index++) {
      changes.add(`file-${index}`, 1000 + index)
      await vi.advanceTimersByTimeAsync(20)
    }
    expect(taken).toEqual([])
    await vi.advanceTimersByTimeAsync(30)
    expect(taken).toHaveLength(1)
    expect(taken[0]?.files).toHaveLength(200)
    expect(taken[0]?.savedAt).toBe(1199)
  })

  it("of one file are told once", async () => {
    const changes = new Changes()
    changes.add("main.go", 1)
    changes.add("main.go", 2)
    const taken = take(changes)
    await vi.advanceTimersByTimeAsync(30)
    expect(taken).toEqual([{ files: ["main.go"], savedAt: 2 }])
  })

  it("that come while nobody waits are kept", async () => {
    const changes = new Changes()
    changes.add("a", 1)
    await vi.advanceTimersByTimeAsync(1000)
    changes.add("b", 2)
    await vi.advanceTimersByTimeAsync(1000)
    const taken = take(changes)
    await vi.advanceTimersByTimeAsync(0)
    expect(taken).toEqual([{ files: ["a", "b"], savedAt: 2 }])
  })

  it("are noticed without being taken", async () => {
    const changes = new Changes()
    const noticed = vi.fn()
    void changes.somethingChanged(never).then(noticed)
    const taken = take(changes)
    changes.add("a", 1)
    await vi.advanceTimersByTimeAsync(29)
    expect(noticed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(noticed).toHaveBeenCalledOnce()
    expect(taken).toEqual([{ files: ["a"], savedAt: 1 }])
  })

  it("wait for as long as Git writes", async () => {
    let isBusy = true
    const changes = new Changes({ isBusy: () => isBusy })
    changes.add("a", 1)
    const taken = take(changes)
    await vi.advanceTimersByTimeAsync(5000)
    expect(taken).toEqual([])
    isBusy = false
    await vi.advanceTimersByTimeAsync(30)
    expect(taken).toHaveLength(1)
  })

  it("are waited for until the signal, and a wait that is over takes nothing", async () => {
    const changes = new Changes()
    const cancel = new AbortController()
    const waiting = changes.next(cancel.signal)
    cancel.abort(new Error("stop"))
    await expect(waiting).rejects.toThrow("stop")
    await expect(changes.next(cancel.signal)).rejects.toThrow("stop")
    changes.add("a", 1)
    const taken = take(changes)
    await vi.advanceTimersByTimeAsync(30)
    expect(taken).toHaveLength(1)
  })

  it("of files that do not count in the end are none", async () => {
    const gone = new Set(["sedAb3"])
    const changes = new Changes({ counts: (file) => !gone.has(file) })
    const taken = take(changes)
    changes.add("sedAb3", 5)
    await vi.advanceTimersByTimeAsync(100)
    expect(taken).toEqual([])
    changes.add("sedAb3", 9)
    changes.add("main.go", 7)
    await vi.advanceTimersByTimeAsync(100)
    expect(taken.map(({ files }) => files)).toEqual([["main.go"]])
  })
})
