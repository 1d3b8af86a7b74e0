import { execFileSync } from "node:child_process"
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { buildSync } from "esbuild"
import { beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "../temporary.js"

let starter: string

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
  starter = join(folder, "start.cjs")
  buildSync({
    entryPoints: ["cli/start/start.ts"],
    outfile: starter,
    format: "cjs",
    platform: "node",
    bundle: true,
  })
  return () => {
    rmSync(folder, { recursive: true })
  }
})

function makeBundle(says: string): string {
  const bundle = join(temporaryFolder(), "program.cjs")
  writeBundle(bundle, says, 1)
  return bundle
}

/** Made so many seconds after 1970. */
function writeBundle(bundle: string, says: string, seconds: number): void {
  const text = `${JSON.stringify(says)} + process.argv.slice(2) + __filename`
  writeFileSync(bundle, `require("node:process").stdout.write(${text})`)
  utimesSync(bundle, seconds, seconds)
}

function start(bundle: string, ...args: string[]): string {
  return execFileSync(process.execPath, [starter, bundle, ...args], { encoding: "utf8" })
}

/** Which file it is: a cache that V8 took stays. */
function cacheOf(bundle: string): number {
  return statSync(`${bundle}.cache`).ino
}

describe("start", () => {
  it("starts a bundle as if it had been started itself", () => {
    const bundle = makeBundle("one")
    expect(start(bundle, "a", "b")).toBe(`onea,b${bundle}`)
  })

  it("keeps what V8 made of it, and takes that the next time", () => {
    const bundle = makeBundle("one")
    start(bundle)
    const cache = cacheOf(bundle)
    expect(start(bundle, "a")).toBe(`onea${bundle}`)
    expect(cacheOf(bundle)).toBe(cache)
    expect(readdirSync(dirname(bundle)).sort()).toEqual(["program.cjs", "program.cjs.cache"])
  })

  it("keeps one for each use, and none of a run that failed", () => {
    const bundle = makeBundle("one")
    start(bundle, ".", "--plan")
    const plan = ["program.cjs", "program.cjs-plan.cache"]
    expect(readdirSync(dirname(bundle)).sort()).toEqual(plan)
    writeFileSync(bundle, "process.exitCode = Number(process.argv[2])")
    utimesSync(bundle, 1, 1)
    expect(() => start(bundle, "2")).toThrow()
    expect(readdirSync(dirname(bundle)).sort()).toEqual(plan)
    start(bundle, "0")
    expect(readdirSync(dirname(bundle))).toContain("program.cjs.cache")
  })

  it("takes nothing of another bundle of the same length", () => {
    const bundle = makeBundle("one")
    start(bundle)
    const cache = cacheOf(bundle)
    writeBundle(bundle, "two", 2)
    expect(start(bundle)).toBe(`two${bundle}`)
    expect(cacheOf(bundle)).not.toBe(cache)
    expect(start(bundle)).toBe(`two${bundle}`)
  })

  it("makes anew what is damaged", () => {
    const bundle = makeBundle("one")
    start(bundle)
    writeFileSync(`${bundle}.cache`, "damaged")
    utimesSync(`${bundle}.cache`, 1, 1)
    expect(start(bundle)).toBe(`one${bundle}`)
    const cache = cacheOf(bundle)
    start(bundle)
    expect(cacheOf(bundle)).toBe(cache)
  })

  it("does without where it cannot keep it", () => {
    const bundle = makeBundle("one")
    mkdirSync(`${bundle}.cache`)
    expect(start(bundle)).toBe(`one${bundle}`)
    expect(readdirSync(dirname(bundle)).sort()).toEqual(["program.cjs", "program.cjs.cache"])
  })
})
