import { describe, expect, it } from "vitest"
import { BuildFailed, NotDelivered } from "../../../../../cli/engine/engine.js"
import { TemporaryFailure } from "../../../../../cli/errors.js"
import { exitCode } from "../../../../../cli/command-line/exit.js"
import { byRegistry, pushToEach } from "../../../../../cli/commands/build/push.js"
import { withRetries } from "../../../../../cli/engine/retry.js"

const refusal = (reason: string, options = {}) =>
  new NotDelivered("the image was built but not delivered", reason, options)

/** What a push ends with: each registry either takes the image or has an error. */
async function push(tags: string[], errors: Record<string, Error>) {
  const calls: [string[], boolean][] = []
  const pushing = pushToEach(byRegistry(tags), (each, isFirst) => {
    calls.push([each, isFirst])
    const error = errors[each[0] ?? ""]
    return error ? Promise.reject(error) : Promise.resolve()
  })
  const error = await pushing.then(
    () => undefined,
    (error: unknown) => error as Error,
  )
  return { calls, error }
}

describe("a push", () => {
  it("goes to each registry once, with all its names", async () => {
    const { calls, error } = await push(["a.io/x:1", "me/x:1", "a.io/x:2", "y"], {})
    expect(calls).toEqual([
      [["a.io/x:1", "a.io/x:2"], true],
      [["me/x:1", "y"], false],
    ])
    expect(error).toBeUndefined()
  })

  it("says which registry has the image, where another one refuses", async () => {
    const tags = ["a.io/x:1", "b.io/x:1", "c.io/x:1"]
    const { calls, error } = await push(tags, {
      "b.io/x:1": refusal("401 Unauthorized", { hint: "Log in." }),
    })
    expect(calls).toHaveLength(3)
    expect(error?.message).toBe(
      "only some registries have the image: pushed a.io/x:1, c.io/x:1\nnot pushed: b.io/x:1: 401 Unauthorized\nLog in.",
    )
    expect(exitCode(error)).toBe(2)
  })

  it("may be tried again where all that refuse may take it later", async () => {
    const down = refusal("503", { temporary: true })
    const some = await push(["a.io/x", "b.io/x"], { "b.io/x": down })
    expect(exitCode(some.error)).toBe(75)
    const none = await push(["a.io/x", "b.io/x"], { "a.io/x": refusal("403"), "b.io/x": down })
    expect(none.error?.message).toMatch(/^no registry has the image\n/)
    expect(exitCode(none.error)).toBe(2)
  })

  it("to one registry has nothing to add to what that says", async () => {
    const down = refusal("503", { temporary: true })
    const { error } = await push(["a.io/x:1", "a.io/x:2"], { "a.io/x:1": down })
    expect(error).toBe(down)
    expect(exitCode(error)).toBe(75)
  })

  it("ends where the build fails", async () => {
    const failed = new BuildFailed("RUN go build", "", 1)
    const { calls, error } = await push(["a.io/x", "b.io/x"], { "a.io/x": failed })
    expect(error).toBe(failed)
    expect(calls).toHaveLength(1)
  })
})

describe("withRetries", () => {
  const attempt = async (errors: Error[], signal = new AbortController().signal) => {
    const said: string[] = []
    let attempts = 0
    const work = () => {
      const error = errors[attempts++]
      return error ? Promise.reject(error) : Promise.resolve("done")
    }
    const options = { say: (line: string) => said.push(line), signal }
    const result = await withRetries(work, options, [0, 0]).catch((error: unknown) => error)
    return { result, attempts, said }
  }
  const passing = () => new TemporaryFailure("503\nTry again.", { retry: true })

  it("does it again where that makes sense, and says so", async () => {
    expect(await attempt([passing(), refusal("500", { retry: true })])).toEqual({
      result: "done",
      attempts: 3,
      said: [
        "503; trying again in 0 s",
        "the image was built but not delivered: 500; trying again in 0 s",
      ],
    })
  })

  it("gives up after three attempts", async () => {
    const errors = [passing(), passing(), passing()]
    expect(await attempt(errors)).toMatchObject({ result: errors[2], attempts: 3 })
  })

  it.each([
    ["a mistake of the project", new BuildFailed("RUN", "", 1)],
    ["a login that is missing", refusal("401")],
    ["a registry that is not reached", new TemporaryFailure("connection refused")],
  ])("is not for %s", async (_, error) => {
    expect(await attempt([error])).toEqual({ result: error, attempts: 1, said: [] })
  })

  it("ends with the signal", async () => {
    const { attempts } = await attempt([passing()], AbortSignal.abort())
    expect(attempts).toBe(1)
  })
})
