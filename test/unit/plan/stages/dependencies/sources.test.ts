import { execFileSync, spawnSync } from "node:child_process"
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runScript, writeScripts } from "./run-scripts.js"

/* Modules as the source files of packages, which are used where they are: for the programs of an image. */

// With capitals, which the module cache writes otherwise, and of two modules, of which one is in a folder of the other.
const outer = "example.com/Upper.git"
const inner = `${outer}/inner`
const modules: Record<string, string> = {
  "go.mod": `module ${outer}\n\ngo 1.21\n`,
  "outer.go": 'package outer\n\nimport _ "embed"\n\n//go:embed "data/a b.txt"\nvar Text string\n',
  "data/a b.txt": "embedded",
  "data/other.txt": "not embedded",
  "outer_test.go": "package outer\n",
  "testdata/large.bin": "for tests",
  "LICENSE.md": "free",
  "README.md": "read me",
  "unused/unused.go": "package unused\n",
  "inner/go.mod": `module ${inner}\n\ngo 1.21\n`,
  "inner/cache/cache.go": 'package cache\n\nconst Name = "inner"\n',
}
const program = `package main

import (
	outer "${outer}"
	"${inner}/cache"
)

func main() { println(outer.Text, cache.Name) }
`
const flags = ["-trimpath"]

let folder: string
let environment: NodeJS.ProcessEnv

const dependencies = () => join(folder, "dependencies")
const sources = (of = dependencies()) =>
  join(of, readdirSync(of).find((name) => name.startsWith("sources-")) ?? "none")
const filesOf = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((each) => !each.isDirectory())
    .map((each) => join(each.parentPath, each.name).slice(path.length + 1))
    .sort()

function write(path: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
}

const run = (
  ...args: Parameters<typeof runScript> extends [string, ...infer Rest] ? Rest : never
) => runScript(folder, args[0], args[1], args[2], { ...environment, ...args[3] })

function collect(more: NodeJS.ProcessEnv = {}): void {
  rmSync(dependencies(), { recursive: true, force: true })
  const args = ["sources", dependencies(), join(folder, "source"), ...flags]
  const { status, stderr } = run("collect-dependencies.sh", args, "first", more)
  expect(status, stderr).toBe(0)
}

/** The program, compiled where nothing can be downloaded; with the packages that it was compiled from. */
function build(caches: string) {
  const output = join(folder, "program")
  // What is up to date is not compiled again.
  rmSync(output, { force: true })
  const go = ["go", "build", ...flags, "-v", "-o", output, "."]
  // No git can ask anybody, either.
  const offline = { GOPROXY: "off", GIT_CONFIG_COUNT: "0" }
  const { status, stderr } = run("use-dependencies.sh", ["all", "", ...go], caches, offline)
  const compiled = stderr.trim().split("\n")
  return { status, compiled, bytes: status === 0 ? readFileSync(output) : Buffer.of() }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
  writeScripts(folder)
  const repository = join(folder, "repository")
  write(repository, modules)
  const git = (...args: string[]) => execFileSync("git", ["-C", repository, ...args])
  git("init", "-q")
  git("add", ".")
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "first")
  for (const tag of ["v1.0.0-RC1", "inner/v1.2.0"]) git("tag", tag)
  environment = {
    GOPRIVATE: "example.com",
    GOPROXY: "direct",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${repository}.insteadOf`,
    GIT_CONFIG_VALUE_0: `https://${outer.replace(/\.git$/, "")}`,
  }
  write(join(folder, "source"), {
    "go.mod": `module example.com/app\n\ngo 1.21\n\nrequire (\n\t${outer} v1.0.0-RC1\n\t${inner} v1.2.0\n)\n`,
    "main.go": program,
  })
  write(folder, { "imports.txt": `${outer}\n${inner}/cache\nexample.com/there/is/none\n` })
  const tidy = ["mod", "tidy"]
  execFileSync("go", tidy, {
    cwd: join(folder, "source"),
    stdio: "pipe",
    env: { ...process.env, ...environment, GOMODCACHE: join(folder, "first/modules") },
  })
  collect()
}, 120_000)

afterAll(() => {
  execFileSync("chmod", ["-R", "u+w", folder])
  rmSync(folder, { recursive: true })
})

it("collects source files, what is embedded, licenses and sums; no tests, no data of them, no other package", () => {
  const ofOuter = "example.com/!upper.git@v1.0.0-!r!c1"
  const download = "cache/download/example.com/!upper.git"
  expect(filesOf(sources())).toEqual([
    `${download}/@v/v1.0.0-!r!c1.info`,
    `${download}/@v/v1.0.0-!r!c1.mod`,
    `${download}/@v/v1.0.0-!r!c1.ziphash`,
    `${download}/inner/@v/v1.2.0.info`,
    `${download}/inner/@v/v1.2.0.mod`,
    `${download}/inner/@v/v1.2.0.ziphash`,
    "example.com/!upper.git/inner@v1.2.0/cache/cache.go",
    ...["LICENSE.md", "README.md", "data/a b.txt", "go.mod", "outer.go"].map(
      (file) => `${ofOuter}/${file}`,
    ),
  ])
  expect(filesOf(join(dependencies(), "modules"))).toEqual([])
})

it("the same bytes as with the whole modules, from empty volumes and without a download", () => {
  const first = build("first")
  expect(first).toMatchObject({ status: 0 })
  const second = build("second")
  expect(second).toMatchObject({ status: 0, compiled: ["example.com/app"] })
  expect(second.bytes.equals(first.bytes)).toBe(true)
  // Nothing is in the volume of modules, where other projects would take it for the whole.
  expect(existsSync(join(folder, "second/modules"))).toBe(false)
  // With what was compiled now.
  expect(build("second")).toMatchObject({ status: 0, compiled: [""] })
})

it("a volume that has the modules is what is used", () => {
  const printed = run("use-dependencies.sh", ["all", "", "go", "env", "GOMODCACHE"], "first")
  expect(printed.stdout).toBe(`${join(folder, "first/modules")}\n`)
})

it("code that imports more than is there is compiled with what is downloaded", () => {
  write(join(folder, "source"), {
    "made.go": `package main\n\nimport _ "${outer}/unused"\n`,
    "made_test.go": `package main\n\nimport _ "${outer}/unused"\n`,
  })
  const go = ["go", "build", ...flags, "-o", join(folder, "made"), "."]
  const built = run("use-dependencies.sh", ["all", "", ...go], "made")
  expect(built.status, built.stderr).toBe(0)
  expect(readdirSync(join(folder, "made/modules/example.com"))).toEqual([
    "!upper.git",
    "!upper.git@v1.0.0-!r!c1",
  ])
  // By a test alone: `go build` does not read it, and `go vet` does.
  rmSync(join(folder, "source/made.go"))
  const cacheOf = (command: string) => {
    const show = ["sh", "-c", "echo $GOMODCACHE", "go", command, "./..."]
    return run("use-dependencies.sh", ["all", "", ...show], "tested").stdout.trim()
  }
  expect(cacheOf("build")).toBe(sources())
  expect(cacheOf("vet")).toBe(join(folder, "tested/modules"))
  rmSync(join(folder, "source/made_test.go"))
  expect(cacheOf("vet")).toBe(sources())
})

it("the Go that runs is the one that compiles, which may be in the volume; another one decides nothing", () => {
  const show = ["sh", "-c", "command -v go && echo $GOMODCACHE", "go", "build", "."]
  const seen = () => run("use-dependencies.sh", ["all", "", ...show], "toolchain").stdout.trim()
  const [go, cache] = seen().split("\n")
  expect(go).toBe(
    join(execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim(), "bin/go"),
  )
  expect(cache).toBe(sources())
  const file = join(folder, "source/go.mod")
  const text = readFileSync(file, "utf8")
  writeFileSync(file, text.replace("go 1.21", "go 1.999"))
  try {
    expect(seen().split("\n")[1]).toBe(join(folder, "toolchain/modules"))
  } finally {
    writeFileSync(file, text)
  }
})

const hasCompiler = spawnSync("cc", ["--version"]).status === 0

it.runIf(hasCompiler)("what is compiled with C by paths of this machine goes as archives", () => {
  const path = join(folder, "first/modules/example.com/!upper.git/inner@v1.2.0/cache/cache.go")
  execFileSync("chmod", ["-R", "u+w", dirname(path)])
  const text = readFileSync(path, "utf8")
  const withC = '// #cgo CFLAGS: -I${SRCDIR}/..\nimport "C"'
  writeFileSync(path, text.replace("package cache", `package cache\n\n${withC}`))
  try {
    // The go command takes a module for what it was.
    collect({ CGO_ENABLED: "1", GODEBUG: "goindex=0" })
    expect(readdirSync(sources())).toEqual([])
    const archives = filesOf(join(dependencies(), "modules"))
    expect(archives.filter((file) => file.endsWith(".zip"))).toHaveLength(2)
  } finally {
    writeFileSync(path, text)
    collect()
  }
})

describe("what somebody else may have written", () => {
  const inTree = (of: string, file: string) =>
    join(sources(of), "example.com/!upper.git@v1.0.0-!r!c1", file)
  const refused = "note: the modules of the build cache are not those of go.sum: they are not used"

  it.each<[string, (of: string) => void]>([
    ["a source file that is changed", (of) => appendFileSync(inTree(of, "outer.go"), "// x\n")],
    ["a file more", (of) => writeFileSync(inTree(of, "more.go"), "package outer\n")],
    ["a link", (of) => symlinkSync("/etc/passwd", inTree(of, "data/link"))],
    [
      "a changed file with its sum",
      (of) => {
        const path = inTree(of, "outer.go")
        appendFileSync(path, "// x\n")
        const [sum] = execFileSync("sha256sum", [path], { encoding: "utf8" }).split(" ")
        const list = join(of, "sums.txt")
        const lines = readFileSync(list, "utf8")
        writeFileSync(list, lines.replace(/^\S+(?= .*\/outer\.go$)/m, sum ?? ""))
      },
    ],
    [
      "another sum of a module",
      (of) => {
        const at = "cache/download/example.com/!upper.git/@v/v1.0.0-!r!c1.ziphash"
        const path = join(sources(of), at)
        execFileSync("chmod", ["u+w", path])
        writeFileSync(path, `h1:${"A".repeat(43)}=`)
      },
    ],
  ])("%s: nothing of it is used", (name, change) => {
    const kept = join(folder, "kept")
    renameSync(dependencies(), kept)
    cpSync(kept, dependencies(), { recursive: true })
    execFileSync("chmod", ["-R", "u+w", dependencies()])
    try {
      change(dependencies())
      const caches = name.replaceAll(" ", "-")
      const ended = run("use-dependencies.sh", ["all", "", "go", "env", "GOMODCACHE"], caches)
      expect(ended).toMatchObject({
        status: 0,
        stdout: `${join(folder, caches, "modules")}\n`,
        stderr: `${refused}\n`,
      })
    } finally {
      rmSync(dependencies(), { recursive: true })
      renameSync(kept, dependencies())
    }
  })
})
