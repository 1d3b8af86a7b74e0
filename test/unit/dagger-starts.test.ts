import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { build } from "esbuild"
import { afterAll, beforeAll, expect, test } from "vitest"
import { RecordedSession } from "../dagger/session.js"

/*
 * What Dagger 1.0 starts: the committed entry point, in a process of its own. It does so once a session to learn the module's
 * functions, once for the constructor, and once for a function that is not answered from the cache.
 */

// In the project's folder, where it finds typescript.
const folder = mkdtempSync(join("node_modules", ".starts-"))
const program = join(folder, "entrypoint.mjs")

beforeAll(async () => {
  await build({
    entryPoints: ["__dagger.entrypoint.ts"],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: {
      "@dagger.io/dagger": "./sdk/index.ts",
      "@dagger.io/dagger/telemetry": "./sdk/telemetry.ts",
    },
    external: ["typescript", "tar-stream"],
    logLevel: "error",
  })
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the SDK's dispatcher asks first: which call it was started for. */
async function start(call: Record<string, string>): Promise<{ requests: number; value: unknown }> {
  let value: unknown
  const session = new RecordedSession((chain) => {
    const { name = "", args = {} } = chain.at(-1) ?? {}
    if (name === "inputArgs") return []
    if (name === "returnValue") value = JSON.parse(String(args["value"]))
    return call[name] ?? null
  })
  await session.serve((variables) =>
    promisify(execFile)(process.execPath, [program], { env: { ...process.env, ...variables } }),
  )
  return { requests: session.requests, value }
}

test("telling the engine what there is takes two requests for an argument and four for a function", async () => {
  const { requests, value } = await start({ parentName: "" })
  expect(value).toMatch(/#recorded$/)
  const api = readFileSync(new URL("dagger-api.txt", import.meta.url), "utf8")
  const given = api.match(/\w+\??: /g) ?? []
  const functions = api.match(/^ {2}\w+/gm) ?? []
  expect(given.length).toBeGreaterThan(100)
  expect(requests).toBeLessThanOrEqual(2 * given.length + 4 * functions.length)
}, 120_000)

test("the constructor asks for nothing but its call", async () => {
  const { requests, value } = await start({ parentName: "GoImage", name: "", parent: "null" })
  expect(value).toMatchObject({ services: [], modules: [] })
  // Whose it is, its name, the parent, arguments; the answer.
  expect(requests).toBe(5)
}, 120_000)
