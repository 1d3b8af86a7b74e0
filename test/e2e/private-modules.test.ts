import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"
import { contents } from "./layer-contents.js"

const cacheHome = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache")
const password = "correct-horse-battery-staple"

let folder: string
let project: string
let netrc: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  netrc = join(folder, "passwords")
  writeFileSync(netrc, `machine git.example.com login me password ${password}\n`)
  writeFileSync(join(folder, ".netrc"), `machine git.example.com login me password ${password}\n`)
  project = join(folder, "project")
  mkdirSync(join(project, "bin"), { recursive: true })
  const files = {
    "go.mod": "module example.com/app\n\ngo 1.25\n",
    "main.go": "package main\n\nfunc main() {}\n",
    "main_test.go": `package main

import (
	"os"
	"testing"
)

func TestNoPassword(t *testing.T) {
	if _, err := os.Stat("/root/.netrc"); err == nil {
		t.Fatal("a password")
	}
}
`,
    // Where git and the go command look; the last line is of the file alone.
    "bin/go-pre-compile": `set -e
      if [ -f "$HOME/.netrc" ]; then wc -w <"$HOME/.netrc"; else echo none; fi >words.txt
      echo "$GOPRIVATE" >private.txt\n`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
})

afterAll(() => rmSync(folder, { recursive: true }))

it("passwords for private modules are there for downloads, and not for the project's code", async () => {
  const archive = join(folder, "app.tar")
  const asked = ["--private-modules", "git.example.com/*", "--netrc", netrc]
  const { code, stderr } = await script([project, ...asked, "--verbose", "--output", archive])
  expect(code, stderr).toBe(0)
  expect(stderr).not.toContain(password)
  const image = await readImage(archive)
  expect((await image.readFile("/app/words.txt")).toString()).toBe("none\n")
  expect((await image.readFile("/app/private.txt")).toString()).toBe("git.example.com/*\n")
  for (const layer of image.layers) {
    for await (const { header, content } of contents(image, layer)) {
      expect(header.name).not.toMatch(/netrc$/)
      expect(content.includes(password)).toBe(false)
    }
  }
  expect(JSON.stringify(image.config)).not.toContain(password)
})

it("tests do not see them either", async () => {
  const asked = ["--private-modules", "git.example.com/*", "--netrc", netrc]
  const { code, stderr } = await script([project, ...asked, "--check", "test"])
  expect(code, stderr).toBe(0)
  expect(stderr).toContain("test: passed")
})

it("a project that says which modules are private does not get them by that", async () => {
  const descriptor = join(project, "project.toml")
  writeFileSync(descriptor, '[go-image]\nprivate-modules = ["git.example.com/*"]\n')
  try {
    const temporary = join(folder, "tmp")
    mkdirSync(temporary, { recursive: true })
    const env = { HOME: folder, TMPDIR: temporary, XDG_CACHE_HOME: cacheHome }
    const archive = join(folder, "app.tar")
    const { code, stderr } = await script([project, "--output", archive], { env })
    expect(code, stderr).toBe(0)
    expect(stderr).toContain(
      "note: project.toml:2 names private modules (git.example.com/*); your passwords",
    )
    expect((await (await readImage(archive)).readFile("/app/words.txt")).toString()).toBe("none\n")
    expect(readdirSync(temporary)).toEqual([])
  } finally {
    rmSync(descriptor)
  }
})

it("without private modules, nobody is given a password", async () => {
  const archive = join(folder, "app.tar")
  const { code, stderr } = await script([project, "--netrc", netrc, "--output", archive])
  expect(code, stderr).toBe(0)
  const image = await readImage(archive)
  expect((await image.readFile("/app/words.txt")).toString()).toBe("none\n")
})

it("the file with the passwords must be there", async () => {
  const asked = ["--private-modules", "git.example.com/*", "--netrc", join(folder, "nowhere")]
  const { code, stderr } = await script([project, ...asked])
  expect(code).toBe(2)
  expect(stderr).toContain(`no such file: ${join(folder, "nowhere")} (--netrc)`)
})
