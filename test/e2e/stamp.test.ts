import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import licenses from "spdx-license-list/full.js"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readImage, type Image } from "../read-image.js"
import { script } from "./command.js"
import { gitAuthor } from "./git-author.js"
import { contents } from "./layer-contents.js"
import { prepareRuntime } from "./runtime.js"

let folder: string
let project: string

const environment = {
  ...process.env,
  ...gitAuthor,
  TZ: "UTC",
  GOFLAGS: "",
  GOTOOLCHAIN: "local",
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: project, env: environment, encoding: "utf8" }).trim()
}

const main = `// Command stamped says what it is.
package main

import (
	"fmt"
	"runtime/debug"

	"example.com/stamped/internal/version"
)

var commit = "none"

func main() {
	info, _ := debug.ReadBuildInfo()
	fmt.Println(version.Version, commit, info.Main.Version)
}
`

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = join(folder, "project")
  mkdirSync(join(project, "internal/version"), { recursive: true })
  const [, minor] =
    /go1\.(\d+)/.exec(execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" })) ?? []
  writeFileSync(join(project, "go.mod"), `module example.com/stamped\n\ngo 1.${minor}\n`)
  writeFileSync(join(project, "main.go"), main)
  writeFileSync(
    join(project, "internal/version/version.go"),
    'package version\n\nvar Version = "dev"\n',
  )
  writeFileSync(join(project, "page.html"), "<p>asset</p>\n")
  writeFileSync(join(project, "LICENSE"), licenses["MIT"]?.licenseText ?? "")
  git("init", "-q", "-b", "main")
  git("remote", "add", "origin", "https://me:secret@git.example.com/acme/stamped.git")
  git("add", ".")
  git("commit", "-q", "-m", "one")
  git("tag", "-a", "-m", "one", "v1.2.3")
})

afterAll(() => rmSync(folder, { recursive: true }))

async function build(
  ...options: string[]
): Promise<{ printed: string; image: Image; stderr: string }> {
  const archive = join(project, "stamped.oci.tar")
  const args = [project, "--output", archive, "--run", ...options]
  const { code, stdout, stderr } = await script(args)
  expect(code, stderr).toBe(0)
  // After what the program prints comes the image's digest.
  return { printed: stdout.replace(/^sha256:.*\n/m, ""), image: await readImage(archive), stderr }
}

/** Of the image in the archive. */
function manifest(): { annotations: Record<string, string> } {
  const archive = join(project, "stamped.oci.tar")
  const read = (name: string) =>
    JSON.parse(execFileSync("tar", ["xOf", archive, name], { encoding: "utf8" })) as {
      manifests: { digest: string }[]
      annotations: Record<string, string>
    }
  const [image] = read("index.json").manifests
  return read(`blobs/${image?.digest.replace(":", "/")}`)
}

/** The lines about module and version control, of `go version -m`. */
async function said(image: Image): Promise<string[]> {
  const program = join(folder, "from-image")
  writeFileSync(program, await image.readFile("/app/stamped"))
  return linesOf(program)
}

/** The same of a plain `go build` in that checkout. */
function plain(): string[] {
  const program = join(folder, "plain")
  execFileSync("go", ["build", "-buildvcs=true", "-o", program, "."], {
    cwd: project,
    env: environment,
  })
  return linesOf(program)
}

function linesOf(program: string): string[] {
  const text = execFileSync("go", ["version", "-m", program], { encoding: "utf8" })
  return text.split("\n").filter((line) => /^\t(?:path|mod|build\tvcs)/.test(line))
}

it("a program says what a plain go build in the same checkout says", async () => {
  const commit = git("rev-parse", "HEAD")
  const clean = await build()
  expect(clean.printed).toBe(`v1.2.3 ${commit} v1.2.3\n`)
  expect(clean.stderr).toContain("version: v1.2.3  (tag v1.2.3)")
  expect(clean.stderr).toContain("linker value: main.commit=")
  expect(clean.stderr).toContain("(internal/version/version.go:3)")
  const saidClean = await said(clean.image)
  const labels = {
    "org.opencontainers.image.title": "stamped",
    "org.opencontainers.image.description": "Command stamped says what it is.",
    "org.opencontainers.image.version": "v1.2.3",
    "org.opencontainers.image.revision": commit,
    "org.opencontainers.image.created": git(
      "log",
      "-1",
      "--format=%cd",
      "--date=format-local:%Y-%m-%dT%H:%M:%SZ",
    ),
    "org.opencontainers.image.source": "https://git.example.com/acme/stamped",
    "org.opencontainers.image.licenses": "MIT",
    "org.opencontainers.image.base.name": "docker.io/library/debian:bookworm-slim",
  }
  expect(clean.image.run).toMatchObject({ Labels: labels })
  expect(manifest().annotations).toEqual(labels)
  for (const layer of clean.image.layers) {
    for await (const { header, content } of contents(clean.image, layer)) {
      expect(header.name).not.toMatch(/(?:^|\/)\.git(?:\/|$)|stamp\.sh/)
      if (header.name.startsWith("app/page")) expect(content.toString()).toContain("asset")
    }
  }

  rmSync(join(project, "stamped.oci.tar"))
  expect(saidClean).toEqual(plain())

  // The archive of the last run lies in the project, and is not a change.
  await build()
  const again = await build()
  expect(again.printed).toBe(clean.printed)

  writeFileSync(join(project, "main.go"), `${main}\n// changed\n`)
  rmSync(join(project, "stamped.oci.tar"))
  const expected = plain()
  expect(expected.join()).toContain("vcs.modified=true")
  const changed = await build()
  expect(changed.printed).toBe(`v1.2.3+dirty ${commit} v1.2.3+dirty\n`)
  expect(await said(changed.image)).toEqual(expected)

  const off = await build("--stamp", "off", "--label", "a.b=c", "--annotation", "x.y=z")
  expect(manifest().annotations).toMatchObject({ "x.y": "z" })
  expect(Object.keys(manifest().annotations)).not.toContain("org.opencontainers.image.revision")
  expect(off.image.run).toMatchObject({ Labels: { "a.b": "c" } })
  expect(off.printed).toBe("dev none (devel)\n")
  expect((await said(off.image)).join()).not.toContain("vcs")
})
