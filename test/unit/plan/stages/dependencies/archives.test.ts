import { execFileSync } from "node:child_process"
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type dependenciesPath } from "../../../../../src/plan/stages/dependencies/collect.js"
import { runScript, writeScripts } from "./run-scripts.js"

/* Modules as archives, which fill the volume: for tests, checks and other engines. */

// Of few packages: all are compiled with a cache of the test's own.
const module = "github.com/cespare/xxhash/v2"
const goMod = `module example.com/hash\n\ngo 1.21\n\nrequire ${module} v2.3.0\n`
const goSum = `${module} v2.3.0 h1:UL815xU9SqsFlibzuggzjXhog7bL6oX9BbNZnL2UFvs=
${module} v2.3.0/go.mod h1:VGX0DQ3Q6kWi7AoAeZDth3/j3BFtOZR5XLFGgcrjCOs=
`
const program = `package main

import "${module}"

func main() { println(xxhash.Sum64String("a")) }
`

let folder: string
let source: string
const flags = ["-trimpath"]

const place = (path: typeof dependenciesPath | "/imports.txt") => join(folder, path)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
  source = join(folder, "source")
  mkdirSync(source)
  writeFileSync(join(source, "go.mod"), goMod)
  writeFileSync(join(source, "go.sum"), goSum)
  writeFileSync(join(source, "main.go"), program)
  // The last one is there by mistake: a file was not read as the compiler does.
  writeFileSync(place("/imports.txt"), `${module}\nerrors\nexample.com/there/is/none\n`)
  writeScripts(folder)
  const collected = sh(
    "collect-dependencies.sh",
    ["archives", place("/dependencies"), source, ...flags],
    "first",
  )
  expect(collected.status, collected.stderr).toBe(0)
}, 120_000)

afterAll(() => {
  execFileSync("chmod", ["-R", "u+w", folder])
  rmSync(folder, { recursive: true })
})

const sh = (
  script: Parameters<typeof runScript>[1],
  args: string[],
  caches: string,
  environment = {},
) => runScript(folder, script, args, caches, environment)

/** The packages that are compiled where nothing can be downloaded. */
function build(caches: string) {
  const use = ["all", "", "go", "build", ...flags, "-v", "-o", "/dev/null", "."]
  const { status, stderr } = sh("use-dependencies.sh", use, caches, { GOPROXY: "off" })
  return { status, lines: stderr.trim().split("\n") }
}

/** What was collected, changed, and used by a command that compiles nothing. */
function changed(change: (dependencies: string) => void, caches: string) {
  const kept = join(folder, "kept")
  const someOutput = packageFiles("-d")[0] ?? ""
  renameSync(place("/dependencies"), kept)
  cpSync(kept, place("/dependencies"), { recursive: true })
  try {
    change(place("/dependencies"))
    const { status, stdout, stderr } = sh("use-dependencies.sh", ["all", "", "echo", "ran"], caches)
    return {
      status,
      stdout,
      stderr,
      kept: packageFiles("-d", join(folder, caches, "build")).includes(someOutput),
    }
  } finally {
    rmSync(place("/dependencies"), { recursive: true })
    renameSync(kept, place("/dependencies"))
  }
}

function packageFiles(suffix: string, cache = join(place("/dependencies"), "packages")): string[] {
  if (!existsSync(cache)) return []
  return readdirSync(cache, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(suffix))
}

it("collects what the imports need, and no more", () => {
  const outputs = packageFiles("-d")
  expect(outputs.length).toBeGreaterThan(30)
  expect(packageFiles("-a")).toHaveLength(outputs.length)
  const files = readdirSync(join(place("/dependencies"), "modules"), { recursive: true }).map(
    String,
  )
  expect(files.filter((file) => /\.(zip|mod|info)$/.test(file)).sort()).toEqual([
    `${module}/@v/v2.3.0.info`,
    `${module}/@v/v2.3.0.mod`,
    `${module}/@v/v2.3.0.zip`,
  ])
  // No lock and no checksum: the go command makes its own.
  expect(files.filter((file) => /\.(lock|ziphash)$/.test(file))).toEqual([])
  for (const file of outputs) {
    expect(statSync(join(place("/dependencies"), "packages", file)).mtimeMs).toBe(0)
  }
})

it("collects the same bytes a second time", () => {
  const id = () => readFileSync(join(place("/dependencies"), "id"), "utf8")
  const entries = () =>
    packageFiles("-a")
      .sort()
      .map((file) => readFileSync(join(place("/dependencies"), "packages", file), "utf8"))
  const before = [id(), ...entries()]
  rmSync(place("/dependencies"), { recursive: true })
  expect(
    sh("collect-dependencies.sh", ["archives", place("/dependencies"), source, ...flags], "first")
      .status,
  ).toBe(0)
  expect([id(), ...entries()]).toEqual(before)
})

it("collects the project's own packages apart, which another machine then need not compile", () => {
  const dependencies = place("/dependencies")
  const list = readFileSync(place("/imports.txt"), "utf8")
  const kept = join(folder, "kept-dependencies")
  writeFileSync(place("/imports.txt"), ".\n")
  const own = sh("collect-dependencies.sh", ["own", join(folder, "own"), source, ...flags], "first")
  expect(own.status, own.stderr).toBe(0)
  writeFileSync(place("/imports.txt"), list)
  expect(packageFiles("-d", join(folder, "own/packages"))).toHaveLength(1)
  expect(readdirSync(join(folder, "own/modules"))).toEqual([])
  expect(sh("use-dependencies.sh", ["all", "", "true"], "warmed").status).toBe(0)
  renameSync(dependencies, kept)
  renameSync(join(folder, "own"), dependencies)
  try {
    expect(build("warmed")).toEqual({ status: 0, lines: [""] })
  } finally {
    rmSync(dependencies, { recursive: true })
    renameSync(kept, dependencies)
  }
})

it("empty caches are filled: the project's own package is compiled, and nothing downloaded", () => {
  expect(build("second")).toEqual({ status: 0, lines: ["example.com/hash"] })
  // Not a second time.
  rmSync(join(folder, "second/build/go-image"), { recursive: true })
  expect(build("second").status).toBe(0)
})

it("without a layer the command runs as it is", () => {
  const ended = changed((dependencies) => {
    rmSync(join(dependencies, "id"))
  }, "none")
  expect(ended).toEqual({ status: 0, stdout: "ran\n", stderr: "", kept: false })
})

it("a module that is not the one of go.sum is not used", () => {
  const { status, stdout } = changed((of) => {
    const zip = join(of, "modules", module, "@v/v2.3.0.zip")
    const bytes = readFileSync(zip)
    writeFileSync(zip, bytes.fill(0, 100, 1000))
  }, "module")
  expect({ status, stdout }).toEqual({ status: 0, stdout: "ran\n" })
  // No word of it is believed: the go command has made no checksum, and no module of it.
  expect(existsSync(join(folder, "module/modules", `${module}@v2.3.0`))).toBe(false)
  const download = join(folder, "module/modules/cache/download", module, "@v")
  expect(readdirSync(download).filter((file) => file.endsWith(".ziphash"))).toEqual([])
})

describe("what somebody else may have written", () => {
  // Of fewer packages, which are copied for each of these.
  beforeAll(() => {
    writeFileSync(place("/imports.txt"), "math/bits\n")
    rmSync(place("/dependencies"), { recursive: true })
    const args = ["archives", place("/dependencies"), source, ...flags]
    const { status, stderr } = sh("collect-dependencies.sh", args, "first")
    expect(status, stderr).toBe(0)
  })

  it("is used where it is as it was", () => {
    expect(changed(() => undefined, "unchanged")).toMatchObject({
      status: 0,
      stderr: "",
      kept: true,
    })
  })

  const damaged =
    "note: the compiled dependencies of the build cache are damaged: they are not used"
  const first = (dependencies: string, suffix: string) =>
    join(dependencies, "packages", packageFiles(suffix)[0] ?? "")

  it.each<[string, (dependencies: string) => void]>([
    ["a package that is changed", (of) => appendFileSync(first(of, "-d"), "x")],
    ["one that is cut short", (of) => writeFileSync(first(of, "-d"), "")],
    [
      "a link",
      (of) => {
        mkdirSync(join(of, "packages/00"), { recursive: true })
        symlinkSync("/etc/passwd", join(of, "packages/00/passwd-d"))
      },
    ],
    ["a file of another name", (of) => writeFileSync(join(of, "packages/trim.txt"), "0")],
  ])("%s is not used", (name, change) => {
    const ended = changed(change, name.replaceAll(" ", "-"))
    expect(ended).toEqual({ status: 0, stdout: "ran\n", stderr: `${damaged}\n`, kept: false })
  })

  it("what another Go has compiled is not used", () => {
    const { stderr, kept, status } = changed((of) => {
      const about = join(of, "about")
      writeFileSync(about, readFileSync(about, "utf8").replace(/^go1[.\d]+/, "go1.9"))
    }, "another-go")
    expect({ status, kept }).toEqual({ status: 0, kept: false })
    expect(stderr).toBe(
      "note: the compiled packages are of another Go or platform: they are not used\n",
    )
  })

  it("a list of imports gives the go command no flags", () => {
    const proof = join(folder, "proof")
    const { status } = changed((of) => {
      writeFileSync(join(of, "tool"), `#!/bin/sh\ntouch ${proof}\nexec "$@"\n`, { mode: 0o755 })
      writeFileSync(join(of, "imports.txt"), `-export\n-toolexec=${join(of, "tool")}\nerrors\n`)
    }, "flags")
    expect(status).toBe(0)
    expect(existsSync(proof)).toBe(false)
  })

  it("an identity that leads elsewhere is not used", () => {
    const { status } = changed(
      (of) => writeFileSync(join(of, "id"), "../../../../x\n"),
      "elsewhere",
    )
    expect(status).toBe(0)
    expect(existsSync(join(folder, "elsewhere/build/go-image"))).toBe(false)
  })
})
