import { expect, it } from "vitest"
import { findKodata, kodataMatcher } from "../../../../src/detect/assets/kodata.js"
import type { MainPackage } from "../../../../src/detect/packages/main-package.js"

const packages = (...paths: string[]) => paths.map((path) => ({ path }) as MainPackage)

const files = [
  "cmd/a/kodata/deep/x.go",
  "cmd/a/kodata/index.html",
  "cmd/a/main.go",
  "cmd/b/kodata",
  "cmd/b/main.go",
  "kodata/root.txt",
  "main.go",
]

it("is the folder kodata of each program that is built", () => {
  const folders = (...paths: string[]) =>
    findKodata(packages(...paths), files, { links: [] })?.folders
  expect(folders("./cmd/a")).toEqual(["cmd/a/kodata"])
  expect(folders(".", "./cmd/a")).toEqual(["cmd/a/kodata", "kodata"])
  // A file, or a link, of that name.
  expect(folders("./cmd/b")).toBeUndefined()
})

it("has links where the source says so, or does not say it", () => {
  const mayHaveLinks = (links?: string[]) =>
    findKodata(packages("./cmd/a"), files, { links })?.mayHaveLinks
  expect(mayHaveLinks(["cmd/a/kodata/index.html"])).toBe(true)
  expect(mayHaveLinks(["kodata/root.txt"])).toBe(false)
  expect(mayHaveLinks()).toBe(true)
})

it("tells its files from others", () => {
  const kodata = findKodata(packages("./cmd/a"), files, {})
  expect(files.filter(kodataMatcher(kodata))).toEqual(files.slice(0, 2))
  expect(kodataMatcher(undefined)("cmd/a/kodata/x")).toBe(false)
})
