import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImage, type Image } from "../read-image.js"
import { script } from "./command.js"
import { isStaticProgram } from "./elf.js"
import { contents } from "./layer-contents.js"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function project(name: string, files: Record<string, string>): string {
  const path = join(folder, name)
  mkdirSync(path)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

/** The compiler takes a minute or two for SQLite on a quiet machine. */
const slow = 1_800_000

describe("a program with SQLite, which is C", () => {
  let source: string
  beforeAll(() => {
    source = project("sqlite", {
      "go.mod":
        "module example.com/app\n\ngo 1.25\n\nrequire github.com/mattn/go-sqlite3 v1.14.22\n",
      "go.sum":
        "github.com/mattn/go-sqlite3 v1.14.22 h1:2gZY6PC6kBnID23Tichd1K+Z0oS6nE/XwU+Vz/5o4kU=\n" +
        "github.com/mattn/go-sqlite3 v1.14.22/go.mod h1:Uh1q+B4BYcTPb+yiD3kU8Ct7aC0hY9fxUwlHK0RXw+Y=\n",
      "main.go": `package main

import (
	"database/sql"
	"fmt"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		panic(err)
	}
	var version string
	if err := db.QueryRow("select sqlite_version()").Scan(&version); err != nil {
		panic(err)
	}
	fmt.Println("sqlite", version)
}
`,
    })
  })

  async function build(name: string, ...options: string[]): Promise<Image> {
    const archive = join(folder, `${name}.tar`)
    const { code, stdout, stderr } = await script([source, "-o", archive, "--run", ...options])
    expect(code, stderr).toBe(0)
    expect(stdout + stderr).toContain("sqlite 3.45.1")
    return readImage(archive)
  }

  it(
    "runs on Debian, with packages of the operating system, and nothing else is left of their installation",
    async () => {
      const image = await build("debian", "--os-packages", "tini")
      expect(isStaticProgram(await image.readFile("/app/app"))).toBe(false)
      expect(image.files.get("/usr/bin/tini")?.mode).toBe(0o755)
      const packages = await image.readFile("/var/lib/dpkg/status")
      expect(packages.toString()).toMatch(/^Package: tini\nStatus: install ok installed$/m)
      const found: string[] = []
      const [, layer] = image.layers
      if (!layer) throw new Error("an image of one layer")
      for await (const { header, content } of contents(image, layer)) {
        found.push(header.name)
        expect(content.includes("BEGIN CERTIFICATE"), header.name).toBe(false)
      }
      expect(found).toContain("usr/bin/tini")
      const traces =
        /^(?:mnt|srv|tmp|root|run)\/|\.deb$|^var\/lib\/apt\/lists\/.|^var\/cache\/apt\/.|^var\/log\/.|^etc\/apt\//
      expect(found.filter((name) => traces.test(name))).toEqual([])
    },
    slow,
  )

  it(
    "runs on nothing, and so on distroless, where all of it is in the program",
    async () => {
      const image = await build("scratch", "--runtime", "scratch")
      expect(isStaticProgram(await image.readFile("/app/app"))).toBe(true)
    },
    slow,
  )
})

describe("a program that links to a library", () => {
  let source: string
  beforeAll(() => {
    source = project("magic", {
      "go.mod": "module example.com/magic\n\ngo 1.25\n",
      "main.go": `package main

/*
#cgo LDFLAGS: -lmagic
#include <magic.h>
*/
import "C"
import "fmt"

func main() { fmt.Println("opened", C.magic_open(0) != nil) }
`,
    })
  })
  const build = (...options: string[]) =>
    script([source, "-o", join(folder, "magic.tar"), "--run", ...options])
  const ofBuilder = ["--build-packages", "libmagic-dev"]

  it("says what the builder lacks, and what the image", async () => {
    const without = await build()
    expect(without.code).toBe(3)
    expect(without.stderr).toMatch(/magic\.h: No such file[^]*--build-packages installs it/)

    const notInTheImage = await build(...ofBuilder)
    expect(notInTheImage.code).toBe(3)
    expect(notInTheImage.stderr).toContain(
      "magic needs the library libmagic.so.1, which debian:bookworm-slim does not have: install it there with --os-packages libmagic1\n",
    )
  })

  it("runs with it", async () => {
    const { code, stdout, stderr } = await build(...ofBuilder, "--os-packages", "libmagic1")
    expect(code, stderr).toBe(0)
    expect(stdout + stderr).toContain("opened true")
  })
})

it("a package that does not exist is apt's to say", async () => {
  const source = project("nothing", {
    "go.mod": "module example.com/app\n\ngo 1.25\n",
    "main.go": "package main\n\nfunc main() { println() }\n",
  })
  const archive = join(folder, "nothing.tar")
  const { code, stderr } = await script([source, "-o", archive, "--os-packages", "no-such-package"])
  expect(code).toBe(3)
  expect(stderr).toContain("E: Unable to locate package no-such-package\n")
})
