import { describe, expect, it } from "vitest"
import { coverFiles, coverIn } from "../../../../src/detect/patterns/cover.js"
import { matchPatterns } from "../../../../src/patterns/patterns.js"
import { fc } from "../../support/property.js"

const cover = (files: string[], wanted: string[], folders: string[] = []) =>
  coverFiles({
    covered: files.filter((file) => wanted.includes(file)),
    others: files.filter((file) => !wanted.includes(file)),
    folders,
  })

describe("files are covered by", () => {
  const files = ["a/b/1", "a/b/2", "a/3", "c/4", "5"]

  it("what is in a folder, where the folder itself is not to be matched", () => {
    expect(cover(files, ["a/b/1", "a/b/2"], ["a/b"])).toEqual(["a/b/*"])
  })

  it("an empty list, where none is", () => {
    expect(cover(files, [])).toEqual([])
  })

  it("folders, where all in them are wanted", () => {
    expect(cover(files, ["a/b/1", "a/b/2", "5"])).toEqual(["5", "a/b"])
    expect(cover(files, ["a/b/1", "a/b/2", "a/3"])).toEqual(["a"])
  })

  it("their names, where others in their folder are not wanted", () => {
    expect(cover(files, ["a/b/2", "a/3"])).toEqual(["a/3", "a/b/2"])
  })

  it("patterns that mean the names alone", () => {
    expect(cover(["*", "a", "[b]/c", "b/c"], ["*", "[b]/c"])).toEqual(["\\*", "\\[b\\]"])
  })
})

it("the patterns match all of the wanted files, and no others", () => {
  const name = fc.constantFrom("a", "b", "*", "[a]", "a b", "!", "#", "ü", "\\")
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"))
  const files = fc.uniqueArray(path, { minLength: 1, maxLength: 8 }).map((paths) =>
    // A file is not a folder as well.
    paths.filter((each) => !paths.some((other) => other.startsWith(`${each}/`))),
  )
  fc.assert(
    fc.property(files, fc.func(fc.boolean()), (paths, isWanted) => {
      const wanted = paths.filter((each) => isWanted(each))
      const matches = matchPatterns(cover(paths, wanted))
      expect(paths.filter(matches)).toEqual(wanted)
    }),
  )
})

it("of a list, they are the same; none are needed where all of it is wanted", () => {
  const path = fc
    .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.join("/")}.go`)
  const input = fc.tuple(fc.uniqueArray(path, { minLength: 1, maxLength: 12 }), fc.nat())
  fc.assert(
    fc.property(input, ([files, bits]) => {
      const wanted = files.filter((_, index) => (bits >> index) & 1)
      const found = coverIn(files, [...wanted, "elsewhere", ...wanted])
      expect(found).toEqual(wanted.length === files.length ? undefined : cover(files, wanted))
    }),
  )
})
