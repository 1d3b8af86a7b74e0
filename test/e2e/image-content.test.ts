import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImage, type Image } from "../read-image.js"
import { runImage } from "../../cli/run/container.js"
import { script } from "./command.js"
import { contents } from "./layer-contents.js"
import { prepareRuntime } from "./runtime.js"

/** What a program may do to the image that it runs in: each line is a name and what came of it. */
const program = `package main

import (
	"fmt"
	"os"
)

func main() {
	for _, folder := range []string{".", "static", "uploads", "data/deep", "bin"} {
		err := os.WriteFile(folder+"/written", nil, 0o644)
		fmt.Println("write", folder, err == nil)
	}
	self, _ := os.Executable()
	fmt.Println("remove", os.Remove(self) == nil)
	fmt.Println("rename", os.Rename(self, self+".old") == nil)
	file, err := os.OpenFile(self, os.O_WRONLY, 0)
	if err == nil {
		file.Close()
	}
	fmt.Println("open", err == nil)
	fmt.Println("move folder", os.Rename("bin", "old") == nil)
}
`

const files: Record<string, string> = {
  "go.mod": "module example.com/app\n\ngo 1.25\n",
  "cmd/app/main.go": program,
  "cmd/other/main.go": "package main\n\nfunc main() { println(1) }\n",
  Procfile: "web: bin/app\n",
  "static/a.css": "a",
  "static/vendor/htmx.js": "a",
  "static/secret.pem": "-----BEGIN PRIVATE KEY-----\nCANARY\n",
  "migrations/0002_ab_test.up.sql": "a",
  "bin/app": "an older one",
  "bin/tool": "a",
  "dist/größe.js": "a",
  "dist/kept/a.js": "a",
  ".gitignore": "/dist/*\n!/dist/kept\n",
  ".dockerignore": "private\n",
  "private/a": "a",
  "uploads/.gitignore": "*\n!.gitignore\n",
  "uploads/of-a-developer.png": "a",
  "data/deep/.gitkeep": "",
  ".env": "CANARY",
  "cover.out": "mode: set",
}

let folder: string
let log: string
let image: Image

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-content-"))
  const project = join(folder, "project")
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project, dirname(path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  symlinkSync("/nix/store/none", join(project, "result"))
  symlinkSync("a.css", join(project, "static/link.css"))
  const archive = join(folder, "app.tar")
  const { code, stderr } = await script([project, "--output", archive])
  expect(code, stderr).toBe(0)
  log = stderr
  image = await readImage(archive)
})

afterAll(() => rmSync(folder, { recursive: true }))

it("has what a program reads, in no layer what was left out, and each file in one", async () => {
  const names: string[] = []
  for (const layer of image.layers.slice(1)) {
    for await (const { header, content } of contents(image, layer)) {
      expect(content.includes("CANARY"), header.name).toBe(false)
      if (header.type !== "directory" && header.name.startsWith("app/")) names.push(header.name)
    }
  }
  expect(names.sort()).toEqual([
    "app/bin/app",
    "app/bin/other",
    "app/bin/tool",
    "app/dist/kept/a.js",
    "app/migrations/0002_ab_test.up.sql",
    "app/static/a.css",
    "app/static/link.css",
    "app/static/vendor/htmx.js",
  ])
  expect(image.files.has("/app/private")).toBe(false)
})

it("says what is left out and why, a line for each kind", () => {
  const notes = log.match(/^note: .*$/gm)
  expect(notes?.sort()).toEqual([
    "note: .dockerignore: 1 file that it ignores is not in the image: private/a; --keep brings it in",
    "note: .env: 2 files that may be a secret are not in the image: .env, static/secret.pem; --keep brings in those that are no secret",
    "note: .gitignore: 1 file that it ignores is not in the image, even if Git tracks it: dist/größe.js; --keep brings it in",
    "note: Go 1.25 (go.mod:3) gets no more security releases; 1.26 and 1.27 do (--go-version 1.27)",
    "note: bin/app: 2 files of earlier builds or profiles are not in the image: bin/app, cover.out; --keep brings them in",
    "note: result: a link that leads to nothing inside the source is not in the image: result",
    "note: uploads/.gitignore: 1 file that it ignores is not in the image, even if Git tracks it: uploads/of-a-developer.png; --keep brings it in",
  ])
})

describe("a program can write into its folders, and cannot replace itself,", () => {
  it.each([
    ["as the image's user", undefined],
    ["as any user of group 0", "1234567:0"],
  ])("%s", async (_, user) => {
    let output = ""
    const container = await runImage({
      image,
      ...(user === undefined ? {} : { user }),
      onOutput: (chunk) => (output += chunk.toString()),
    })
    expect(await container.exited, output).toBe(0)
    expect(output.trim().split("\n")).toEqual([
      "write . true",
      "write static true",
      "write uploads true",
      "write data/deep true",
      "write bin false",
      "remove false",
      "rename false",
      "open false",
      "move folder false",
    ])
  })
})
