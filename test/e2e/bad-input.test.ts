import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { script } from "./command.js"

const goMod = "module example.com/thing\n\ngo 1.25\n"
const main = "package main\n\nfunc main() {}\n"

interface BadInput {
  title: string
  /** Of the project: path to content. None at all is a project folder that does not exist. */
  files?: Record<string, string>
  /** What is given instead of the project's folder, below it. */
  source?: string
  options?: string[]
  code: 2 | 3
  /** All of stderr, but for the progress before a build fails. */
  message: string | RegExp
}

const cases: BadInput[] = [
  {
    title: "a folder that does not exist",
    code: 2,
    message: /^the source folder does not exist: .*\/project\nGive the folder/,
  },
  {
    title: "a file instead of a folder",
    files: { "go.mod": goMod, "main.go": main },
    source: "main.go",
    code: 2,
    message: /^the source is not a folder: .*\/project\/main\.go\nGive the folder/,
  },
  { title: "an empty folder", files: {}, code: 2, message: /^the source folder is empty\n/ },
  {
    title: "Go files without go.mod",
    files: { "main.go": main },
    code: 2,
    message: /^Go files, but no go\.mod\n.*go mod init/,
  },
  {
    title: "a go.mod with a mistake",
    files: { "go.mod": `${goMod}\nrequire example.com/other\n`, "main.go": main },
    code: 2,
    message: /^go\.mod:5:\d+: .*\n {2}require example\.com\/other\n +\^\n/,
  },
  {
    title: "a Procfile of many megabytes that is none",
    files: { "go.mod": goMod, "main.go": main, Procfile: "junk\n".repeat(4_000_000) },
    code: 2,
    message: /^Procfile: too large: 20\.0 MB\n/,
  },
  {
    title: "an import path with an instruction in it",
    files: {
      "Godeps/Godeps.json": JSON.stringify({ ImportPath: "example.com/a\nRUN touch /marker\n#" }),
      "main.go": main,
    },
    code: 2,
    message: /^Godeps\/Godeps\.json:1: not an import path: "example\.com\/a\\nRUN touch/,
  },
  {
    title: "a pattern of many stars",
    files: {
      "go.mod": goMod,
      "main.go": main,
      [`${"a".repeat(200)}.txt`]: "",
      "project.toml": '[go-image]\ndrop = ["*a*a*a*a*a*a*a*a*b"]\npackages = ["./none"]\n',
    },
    code: 2,
    message: /^no main package matches/,
  },
  {
    title: "a go.mod that is not text",
    files: { "go.mod": "\0\x01\x02 binary \xff", "main.go": main },
    code: 2,
    message: /^go\.mod:1:\d+: /,
  },
  {
    title: "a library",
    files: { "go.mod": goMod, "thing.go": "package thing\n" },
    code: 2,
    message: /^no main package in module example\.com\/thing\n/,
  },
  {
    title: "several programs, and nothing that says which one runs",
    files: { "go.mod": goMod, "cmd/api/main.go": main, "cmd/worker/main.go": main },
    code: 2,
    message:
      /^2 programs, and it is not clear which one the image runs: api \(\.\/cmd\/api\), worker \(\.\/cmd\/worker\)\n(.*\n)*.*--packages \.\/cmd\/api/,
  },
  {
    title: "a package that is not there",
    files: { "go.mod": goMod, "cmd/api/main.go": main, "cmd/worker/main.go": main },
    options: ["--packages", "./cmd/ap"],
    code: 2,
    message: /^.*\.\/cmd\/ap\b.*\n(.*\n)*.*\.\/cmd\/api/,
  },
  {
    title: "an option that does not exist",
    files: { "go.mod": goMod, "main.go": main },
    options: ["--packages-to-build", "."],
    code: 2,
    message: /^error: unknown option '--packages-to-build'\n/,
  },
  {
    title: "a project that does not compile",
    files: {
      "go.mod": goMod,
      "main.go": 'package main\n\nfunc main() {\n\tvar port int = "8080"\n\t_ = port\n}\n',
    },
    code: 3,
    message: /^(# example\.com\/thing\n)?\.\/main\.go:4:17: cannot use "8080" /,
  },
  {
    title: "a project that imports what go.mod does not require",
    files: {
      "go.mod": goMod,
      "main.go": 'package main\n\nimport _ "example.com/missing/module"\n\nfunc main() {}\n',
    },
    code: 3,
    message: /^main\.go:3:8: no required module provides package example\.com\/missing\/module/,
  },
]

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function writeProject(files: Record<string, string>): void {
  mkdirSync(join(folder, "project"))
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, "project", name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content, "latin1")
  }
}

/** What was decided, then the steps as they go: told before a build can fail. */
function withoutProgress(stderr: string): string {
  const lines = stderr.split("\n")
  const start = lines.findIndex((line) => line.startsWith("building with "))
  if (start === -1) return stderr
  const error = lines.findIndex((line, index) => index > start && !line.startsWith("  "))
  return lines.slice(error).join("\n")
}

describe("is refused, and nothing is written:", () => {
  for (const { title, files, source = "", options = [], code, message } of cases) {
    it(title, async () => {
      if (files) writeProject(files)
      const output = join(folder, "image.tar")
      const ended = await script([join(folder, "project", source), ...options, "--output", output])

      expect(withoutProgress(ended.stderr)).toMatch(message)
      expect(ended.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
      expect(ended.stderr).not.toContain("This is a bug")
      expect(ended.stdout).toBe("")
      expect(ended.code).toBe(code)
      expect(existsSync(output)).toBe(false)
    })
  }

  it("an output file that was there stays as it was", async () => {
    writeProject({ "go.mod": goMod, "main.go": "package main\n\nfunc main() { undefined() }\n" })
    const output = join(folder, "image.tar")
    writeFileSync(output, "the image from yesterday")
    const { code } = await script([join(folder, "project"), "--output", output])
    expect(code).toBe(3)
    expect(readFileSync(output, "utf8")).toBe("the image from yesterday")
  })
})
