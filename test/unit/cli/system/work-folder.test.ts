import { mkdirSync, readdirSync } from "node:fs"
import { basename, join } from "node:path"
import { expect, it } from "vitest"
import { makeWorkFolder } from "../../../../cli/system/work-folder.js"
import { temporaryFolder } from "../temporary.js"

it("makes a folder, and removes those of processes that ended without doing so", () => {
  const parent = temporaryFolder()
  const first = makeWorkFolder(parent, "work-")
  const [, namespace] = /^work-(\d+)-/.exec(basename(first.path)) ?? []
  // No process has an id above 2^22.
  const ended = 99_999_999
  const left = `work-${namespace}-${ended}-abcdef`
  const others = [
    // Its process id says nothing here.
    `work-${Number(namespace) + 1}-${ended}-abcdef`,
    `other-${namespace}-${ended}-abcdef`,
    "work-of-mine",
  ]
  for (const name of [left, ...others])
    mkdirSync(join(parent, name, "content"), { recursive: true })

  const second = makeWorkFolder(parent, "work-")
  expect(readdirSync(parent).sort()).toEqual(
    [basename(first.path), basename(second.path), ...others].sort(),
  )

  first.remove()
  second.remove()
  expect(readdirSync(parent).sort()).toEqual(others.sort())
})
