import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
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
