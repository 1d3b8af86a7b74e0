import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { script } from "./command.js"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Files of the same names, sizes and times, whatever the word. */
function project(word: string): string {
  const path = join(folder, word)
  mkdirSync(path)
  const files = {
    "go.mod": "module example.com/app\n\ngo 1.25\n",
    "main.go": `package main\n\nfunc main() { println("this is ${word}") }\n`,
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, name), text)
    utimesSync(join(path, name), 1_700_000_000, 1_700_000_000)
  }
  return path
}

it("a project that looks like the one before it gets its own program", async () => {
  for (const word of ["one", "two"]) {
    const { code, stdout, stderr } = await script([project(word), "--run"])
    expect(code, stderr).toBe(0)
    expect(stdout + stderr).toContain(`this is ${word}`)
  }
})
