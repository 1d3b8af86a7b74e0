import { spawnSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  parseCompiling,
  parseSlowPackage,
  slowPackagesScript,
  stepsWithoutReport,
  tellSlowPackages,
  withoutSlowPackages,
} from "../../../../src/plan/go/slow-packages.js"
import type { Step } from "../../../../src/plan/types.js"

const build = ["/bin/sh", "/use.sh", "all", "go", "build", "-o", "/out", "./cmd/api"]

it("a command is the same again without it", () => {
  const told = tellSlowPackages(build)
  expect(told).toEqual([
    ...["/bin/sh", "/slow-packages.sh"],
    ...["/bin/sh", "/use.sh", "all", "go", "build", "-debug-actiongraph=/tmp/go-actions.json"],
    ...["-o", "/out", "./cmd/api"],
  ])
  expect(withoutSlowPackages(told)).toEqual(build)
  expect(withoutSlowPackages(build)).toEqual(build)
})

it("steps for people have neither the script nor its call", () => {
  const run: Step = { type: "run", args: build, mounts: [] }
  const other: Step = { type: "file", path: "/collect.sh", content: "go list", mode: 0o755 }
  const called = "/bin/sh /slow-packages.sh go list"
  const steps = [
    slowPackagesScript,
    { ...other, content: called },
    { ...run, args: tellSlowPackages(build) },
  ]
  expect(stepsWithoutReport(steps)).toEqual([other, run])
})

describe("of what the go command writes", () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "go-image-unit-"))
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 23, 59, 50) + seconds * 1000)

  function action(id: number, mode: string, name: string, from: number, to: number, more = {}) {
    const times = { TimeReady: at(0), TimeStart: at(from), TimeDone: at(to) }
    return { ID: id, Mode: mode, Package: name, ...times, Cmd: ['a "b",\n]', "{"], ...more }
  }

  /** The script as it stands in the image, but for where it reads. */
  function written(before: string): string {
    const { content } = slowPackagesScript as Step & { type: "file" }
    const file = join(folder, "slow-packages.sh")
    writeFileSync(file, before + content.replace("/tmp/go-actions.json", `${folder}/actions.json`))
    return file
  }

  /** What is printed for a command that writes this file, and takes as long as that. */
  function printed(actions: object[], took: number): string {
    writeFileSync(join(folder, "actions.json"), JSON.stringify(actions, undefined, "\t"))
    // Time goes on by as much whenever it is asked for.
    const clock = `date() { n=$(cat ${folder}/n 2>/dev/null || echo 0); echo $((n + ${took})) >${folder}/n; echo "$n"; }\n`
    const { stdout, stderr, status } = spawnSync("/bin/sh", [written(clock), "echo", "command"], {
      encoding: "utf8",
    })
    expect({ stdout, status }).toEqual({ stdout: "command\n", status: 0 })
    expect(existsSync(join(folder, "actions.json"))).toBe(false)
    return stderr
  }

  const actions = [
    action(0, "build", "example.com/shop", 18, 19, { Deps: [1, 2, 6] }),
    action(1, "build", "example.com/shop/store", 14, 18, { Deps: [3, 4] }),
    action(2, "build", "net/http", 1, 3, { Deps: [4], Cmd: null }),
    // Past midnight, and in two parts, of which one is C.
    action(3, "build", "modernc.org/lib", 5, 14, { Deps: [4, 7], CmdReal: 9 }),
    action(4, "build", "unsafe", 0, 0.1),
    action(5, "link", "example.com/shop", 19, 20.5, { Deps: [0, 1, 2, 3, 4] }),
    ...[10, 11, 12, 13].map((id) => action(id, "build", `p/${id}`, 1, 1.1, { Deps: [3] })),
    action(6, "build check cache", "example.com/shop/store", 13, 14, { Cmd: null }),
    action(7, "cgo compile x.c", "modernc.org/lib", 4, 5),
  ]

  it("packages that were compiled and took long are told, with what imports them", () => {
    const lines = printed(actions, 21).trimEnd().split("\n")
    expect(lines).toEqual([
      "slow package: 10.0 s modernc.org/lib, imported by example.com/shop/store, p/10, p/11 and 2 more",
      "slow package: 4.0 s example.com/shop/store, imported by example.com/shop",
      "slow link: 1.5 s example.com/shop",
      "slow package: 1.0 s example.com/shop",
    ])
    expect(lines.map(parseSlowPackage)).toEqual([
      {
        ...{ package: "modernc.org/lib", seconds: 10, more: 2 },
        importedBy: ["example.com/shop/store", "p/10", "p/11"],
      },
      { package: "example.com/shop/store", seconds: 4, importedBy: ["example.com/shop"] },
      { package: "example.com/shop", seconds: 1.5, isLink: true, importedBy: [] },
      { package: "example.com/shop", seconds: 1, importedBy: [] },
    ])
  })

  it("nothing is told of a short command, nor of what cannot be read, and that is no failure", () => {
    expect(printed(actions, 2)).toBe("")
    expect(printed([], 9)).toBe("")
  })

  /** As /proc has them: of each its folder, its program and its arguments. */
  function processes(...all: [folder: string, program: string, ...args: string[]][]): void {
    all.forEach(([working, program, ...args], index) => {
      const at = join(folder, "proc", String(index + 1))
      mkdirSync(at, { recursive: true })
      symlinkSync(working, join(at, "cwd"))
      symlinkSync(program, join(at, "exe"))
      writeFileSync(join(at, "cmdline"), [program, ...args].map((each) => `${each}\0`).join(""))
    })
  }

  const { content } = slowPackagesScript as Step & { type: "file" }
  const tool = (name: string) => `/usr/local/go/pkg/tool/linux_amd64/${name}`
  const shell = ["/src", "/bin/dash", "/slow-packages.sh", "-p", "none"] as const
  const compiler = ["/src", tool("compile"), "-trimpath", "a b", "-p", "net/http"] as const
  const linker = ["/src", tool("link"), "-o", "/tmp/a.out"] as const
  const cc = "/usr/lib/gcc/x86_64-linux-gnu/12/cc1"

  it.each<[string, Parameters<typeof processes>, string, string]>([
    ["the compiler's", [[...shell], [...linker], [...compiler]], "", "compiling: net/http\n"],
    ["the linker's", [[...shell], [...linker]], "compiling: net/http", "linking\n"],
    ["nothing", [[...shell], ["/src", "/usr/local/go/bin/go", "build"]], "", ""],
    [
      "C, by its folder, and of two that were compiled before the first",
      [
        ["/src", tool("asm"), "-p", "runtime"],
        [...compiler],
        ["/src", tool("cgo"), "-importpath", "os/user"],
        ["/go/pkg/mod/github.com/!acme/x@v1.2.3/sub", cc, "x.c"],
        ["/go/pkg/mod/github.com/!acme/x@v1.2.3/sub", cc, "y.c"],
        ["/elsewhere", "/usr/bin/gcc", "x.c"],
        ["/usr/local/go/src/runtime/cgo", cc, "z.c"],
        ["/src/vendor/github.com/mattn/go-sqlite3", cc, "sqlite3.c"],
      ],
      "compiling: runtime/cgo, github.com/Acme/x/sub and 3 more",
      "compiling: github.com/Acme/x/sub, runtime/cgo and 4 more\n",
    ],
  ])("processes say what is compiled at the moment: %s", (_, all, before, expected) => {
    processes(...all)
    const script = `${content.slice(0, content.indexOf("\nbegan="))}\nlook "$1"`
    const here = script.replaceAll("/proc/[", `${folder}/proc/[`)
    const { stdout } = spawnSync("/bin/sh", ["-c", here, "sh", before], { encoding: "utf8" })
    expect(stdout).toBe(expected)
  })

  it("what is compiled is told while the command runs, and once", () => {
    processes([...compiler])
    const told = join(folder, "told")
    const file = written("sleep() { command sleep 0.02; }\n")
    const here = readFileSync(file, "utf8").replaceAll("/proc/[", `${folder}/proc/[`)
    const wait = 'until [ -s "$0" ]; do sleep 0.02; done; sleep 0.1; exit 7'
    const run = `2>"$0" exec /bin/sh -c "$1" sh sh -c "$2" "$0"`
    const { status } = spawnSync("/bin/sh", ["-c", run, told, here, wait])
    expect({ status, told: readFileSync(told, "utf8") }).toEqual({
      status: 7,
      told: "compiling: net/http\n",
    })
  })

  it("a command that fails has its own exit code", () => {
    writeFileSync(join(folder, "actions.json"), "[]")
    expect(spawnSync("/bin/sh", [written(""), "sh", "-c", "exit 7"]).status).toBe(7)
    expect(existsSync(join(folder, "actions.json"))).toBe(false)
  })
})

it("other lines are none of it", () => {
  for (const line of ["", "slow", "slow package: x s a", "# slow package: 1.0 s a"]) {
    expect(parseSlowPackage(line)).toBeUndefined()
  }
})

it("what is compiled is read as it is shown", () => {
  const said = ["compiling: a, b and 3 more\r", "linking"]
  expect(said.map(parseCompiling)).toEqual(["compiling a, b and 3 more", "linking"])
  for (const line of ["compiling:", "compiling a", "linking x", " linking"]) {
    expect(parseCompiling(line)).toBeUndefined()
  }
})
