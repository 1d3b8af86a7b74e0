import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseLinkerValue } from "../../../../src/settings/linker-value.js"
import { linkerFlags } from "../../../../src/plan/go/linker-flags.js"

const values = (...texts: string[]) =>
  texts.map((text) => parseLinkerValue(text, "--linker-values"))

test("without values, the symbol table and debug information are left out, and no more", () => {
  expect(linkerFlags([])).toBe("-s -w")
})

test.each([
  ["main.version", 'not a linker value: "main.version" (--linker-values)'],
  ["version=1", "not a linker value"],
  ["=1", "not a linker value"],
  ["main.a b=1", "not a linker value"],
  ["main.1a=1", "not a linker value"],
  [`main.v=it's "so" so`, "a linker value with spaces and both kinds of quotes"],
])("refuses %s", (text, message) => {
  expect(() => linkerFlags(values(text))).toThrow(message)
})

describe("what the go command makes of the flags", () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "go-image-linker-"))
    writeFileSync(join(folder, "go.mod"), "module example.com/stamp\n\ngo 1.21\n")
    writeFileSync(
      join(folder, "main.go"),
      'package main\n\nvar value = "unset"\n\nfunc main() { print(value) }\n',
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each([
    "1.2.3",
    "",
    "a=b=c",
    "two words",
    `it's`,
    `it's so`,
    `"quoted"`,
    `say "hi there"`,
    `it's"both"`,
    "ü — €",
    "-s",
  ])("is the value itself: %j", (value) => {
    const flags = `-ldflags=${linkerFlags(values(`main.value=${value}`))}`
    const program = join(folder, "stamp")
    execFileSync("go", ["build", flags, "-o", program, "."], { cwd: folder })
    // print writes to standard error.
    const printed = execFileSync("sh", ["-c", '"$0" 2>&1', program], { encoding: "utf8" })
    expect(printed).toBe(value)
  })
})
