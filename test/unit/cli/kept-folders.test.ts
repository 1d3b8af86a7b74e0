import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, it } from "vitest"
import { keptName, putInPlace, removeOldest, takeIfThere } from "../../../cli/kept-folders.js"
import { temporaryFolder } from "./temporary.js"

let store: string

beforeEach(() => {
  store = temporaryFolder()
})

function keep(identity: string, minutesAgo: number): string {
  const name = keptName(identity)
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
  removeOldest(store, 2)
  expect(readdirSync(store).sort()).toEqual([second, third].sort())
})

it("keeps more where they are in use, and what is not complete", () => {
  const recent = [keep("1", 1), keep("2", 2), keep("3", 59)]
  keep("4", 61)
  mkdirSync(join(store, "work-5"))
  removeOldest(store, 1, 60)
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
  expect(takeIfThere(join(store, first))).toBe(true)
  expect(takeIfThere(join(store, keptName("3")))).toBe(false)
  removeOldest(store, 1)
  expect(readdirSync(store)).toEqual([first])
})
