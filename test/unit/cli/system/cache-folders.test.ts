import { spawn } from "node:child_process"
import { once } from "node:events"
import { linkSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, it } from "vitest"
import {
  cacheFolderName,
  putInPlace,
  removeOldest,
  reuse,
} from "../../../../cli/system/cache-folders.js"
import { temporaryFolder } from "../temporary.js"

let store: string

beforeEach(() => {
  store = temporaryFolder()
})

function keep(identity: string, minutesAgo: number): string {
  const name = cacheFolderName(identity)
  const made = join(store, `work-${identity}`)
  mkdirSync(made)
  writeFileSync(join(made, "content"), identity)
  putInPlace(made, join(store, name))
  const then = new Date(Date.now() - minutesAgo * 60_000)
  utimesSync(join(store, name), then, then)
  return name
}

it("keeps those that were used last", () => {
  const [, second, third] = [keep("1", 3), keep("2", 1), keep("3", 2)]
  removeOldest(store, { folders: 2, bytes: 1e6 })
  expect(readdirSync(store).sort()).toEqual([second, third].sort())
})

it("keeps more where they are in use, and what is not complete", () => {
  const recent = [keep("1", 1), keep("2", 2), keep("3", 59)]
  keep("4", 61)
  mkdirSync(join(store, "work-5"))
  removeOldest(store, { folders: 1, bytes: 1e6, minutes: 60 })
  expect(readdirSync(store).sort()).toEqual([...recent, "work-5"].sort())
})

it("leaves a folder that is there already", () => {
  const name = keep("1", 0)
  const made = join(store, "work-again")
  mkdirSync(made)
  writeFileSync(join(made, "content"), "another")
  putInPlace(made, join(store, name))
  expect(readdirSync(store).sort()).toEqual([name, "work-again"])
})

it("keeps one that is taken, and knows which are not there", () => {
  const [first] = [keep("1", 61), keep("2", 1)]
  expect(reuse(join(store, first))).toBe(true)
  expect(reuse(join(store, cacheFolderName("3")))).toBe(false)
  removeOldest(store, { folders: 1, bytes: 1e6 })
  expect(readdirSync(store)).toEqual([first])
})

it("keeps as many bytes, and one that is larger", () => {
  const names = [keep("1", 1), keep("2", 2), keep("3", 3)]
  for (const [i, name] of names.entries()) {
    writeFileSync(join(store, name, "more"), "-".repeat(100_000))
    const then = new Date(Date.now() - i * 60_000)
    utimesSync(join(store, name), then, then)
  }
  removeOldest(store, { folders: 9, bytes: 250_000 })
  expect(readdirSync(store).sort()).toEqual(names.slice(0, 2).sort())
  removeOldest(store, { folders: 9, bytes: 1 })
  expect(readdirSync(store)).toEqual(names.slice(0, 1))
})

it("does not count files that are somewhere else, too", () => {
  const [first, second] = [keep("1", 1), keep("2", 2)]
  const large = join(store, "blob")
  writeFileSync(large, "-".repeat(100_000))
  linkSync(large, join(store, first, "blob"))
  utimesSync(join(store, first), new Date(), new Date())
  removeOldest(store, { folders: 9, bytes: 50_000 })
  expect(readdirSync(store).sort()).toEqual([first, second, "blob"].sort())
})

it("looks at folders that another process makes and removes", async () => {
  const folder = join(store, keep("1", 1))
  const busy = spawn(
    "sh",
    ["-c", 'cd "$0"; while mkdir -p a/1/2 a/3/4 a/5/6 a/7/8 a/9/0; do rm -rf a; done', folder],
    { detached: true },
  )
  try {
    for (let times = 0; times < 3000; times++) removeOldest(store, { folders: 1, bytes: 1e6 })
  } finally {
    // With what it has just started, or the folder fills again while it is removed.
    process.kill(-busy.pid!)
    await once(busy, "close")
  }
  expect(readdirSync(store)).toHaveLength(1)
})
