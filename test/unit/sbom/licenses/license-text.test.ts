import { existsSync, readFileSync } from "node:fs"
import fc from "fast-check"
import licenses from "spdx-license-list/full.js"
import { expect, it, test } from "vitest"
import { validLicense } from "../../../../src/sbom/licenses/license.js"
import { licenseOfText, licenseOfTexts } from "../../../../src/sbom/licenses/license-text.js"

const text = (id: string) => licenses[id]?.licenseText ?? ""

/** Those that are called by their name; of all others, a text is none of them. */
const known = [
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC-BY-4.0", "CC0-1.0"],
  ...["EPL-2.0", "EUPL-1.2", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unlicense", "Zlib"],
]
/** The same text, whichever versions may be chosen. */
const gnu = ["AGPL-3.0", "GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0"]
/** Whose texts are the same but for their titles. */
const others = new Map([
  ["BSD-2-Clause-NetBSD", "BSD-2-Clause"],
  ["MPL-2.0-no-copyleft-exception", "MPL-2.0"],
])

test("of all texts that SPDX has, each is called by its own name, or by none", () => {
  const expected = Object.keys(licenses).flatMap((id): [string, string][] => {
    const plain = id.replace(/(?:-only|-or-later|\+)$/, "")
    const value = known.includes(id) ? id : gnu.includes(plain) ? plain : others.get(id)
    return value === undefined ? [] : [[id, value]]
  })
  const found = Object.keys(licenses).flatMap((id): [string, string][] => {
    const value = licenseOfText(text(id))
    return value === undefined || validLicense(value) === undefined ? [] : [[id, value]]
  })
  // AGPL-3.0+ was never one.
  expect(expected).toHaveLength(known.length + 4 * gnu.length - 1 + others.size)
  expect(found).toEqual(expected)
})

const ofDebian = "/usr/share/common-licenses"

test
  .runIf(existsSync(ofDebian))
  .each(["GPL-2", "GPL-3", "LGPL-2.1", "LGPL-3", "Apache-2.0", "MPL-2.0", "CC0-1.0"])(
  "%s as its publisher has it",
  (name) => {
    const [id] = name.endsWith(".0") || name.endsWith(".1") ? [name] : [`${name}.0`]
    expect(licenseOfText(readFileSync(`${ofDebian}/${name}`, "utf8"))).toBe(id)
  },
)

const mit = text("MIT").replace("<year> <copyright holders>", "2025 Jo")

test("however its lines are broken, commented and marked", () => {
  const words = fc.constantFrom("MIT", "BSD-3-Clause", "MPL-2.0")
  const width = fc.integer({ min: 20, max: 200 })
  const prefix = fc.constantFrom("", "// ", " * ", "# ", "\t", "> ")
  fc.assert(
    fc.property(words, width, prefix, fc.constantFrom("\n", "\r\n"), (id, width, prefix, end) => {
      const lines = text(id)
        .split("\n")
        .flatMap((line) => (/^copyright/i.test(line) ? [line] : wrapped(line, width)))
      expect(licenseOfText(lines.map((line) => prefix + line).join(end))).toBe(id)
    }),
  )
})

function wrapped(line: string, width: number): string[] {
  return (
    line.match(new RegExp(`.{1,${width}}(?= |$)|\\S+`, "g"))?.map((each) => each.trim()) ?? [""]
  )
}

test("with a word more or less anywhere, it is another license", () => {
  const ids = fc.constantFrom("MIT", "ISC", "BSD-2-Clause", "Apache-2.0", "Unlicense")
  const clause = fc.constantFrom("except for commercial use", "unless Jo says no")
  fc.assert(
    fc.property(ids, fc.nat(), clause, fc.boolean(), (id, at, clause, isMore) => {
      const words = text(id).split(/(?<=\s)(?=\S)/)
      // What a title says does not matter; what stands for a holder may be any name.
      const place = 40 + (at % (words.length - 40))
      if (isMore) words.splice(place, 0, `${clause} `)
      else if (
        /holder|owner|author|isc|copyright/i.test(words.slice(place - 4, place + 5).join(""))
      )
        return
      else if (!/[a-z]{3}/i.test(words[place] ?? "")) return
      else words.splice(place, 1)
      const found = licenseOfText(words.join(""))
      expect(found === undefined || validLicense(found) === undefined, words[place]).toBe(true)
    }),
  )
})

it.each([
  ["a marker alone", "// SPDX-License-Identifier: MIT OR Apache-2.0\n", "MIT OR Apache-2.0"],
  ["two licenses", `${mit}\n---\n${text("ISC")}`, "ISC; MIT"],
  [
    "a license and what it is about",
    `${text("MPL-2.0")}\nLogos may not be used.`,
    "MPL-2.0; other text",
  ],
  [
    "a condition on the holder's line",
    mit.replace("Jo", "Jo, not for commercial use"),
    "MIT; other text",
  ],
  ["a title alone", "MIT License\n", undefined],
  ["words about one", "This is free software under the MIT License.\n", undefined],
  ["nothing", "", undefined],
])("%s", (_, content, expected) => {
  expect(licenseOfText(content)).toBe(expected)
})

it.each([
  [[mit], "MIT"],
  [[mit, mit], "MIT"],
  // Whether one may choose, the texts do not say.
  [[text("Apache-2.0"), mit], "Apache-2.0; MIT"],
  [[mit, "Logos are ours."], "MIT; unknown"],
  [[text("GPL-3.0-only"), text("LGPL-3.0-only")], "LGPL-3.0"],
  [["Logos are ours."], undefined],
  [[], undefined],
])("of several files: case %#", (texts, expected) => {
  expect(licenseOfTexts(texts)).toBe(expected)
})
