import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  parseSlowPackage,
  tellSlowPackages,
  withoutSlowPackages,
} from "../../../../src/plan/go/slow-packages.js"

const build = ["/bin/sh", "/use.sh", "all", "go", "build", "-o", "/out", "./cmd/api"]

it("a command is the same again without it", () => {
  const told = tellSlowPackages(build)
  expect(told.slice(3)).toEqual([
    ...["/bin/sh", "/use.sh", "all", "go", "build", "-debug-actiongraph=/tmp/go-actions.json"],
    ...["-o", "/out", "./cmd/api"],
  ])
  expect(withoutSlowPackages(told)).toEqual(build)
  expect(withoutSlowPackages(build)).toEqual(build)
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

  /** What is printed for a command that writes this file, and takes as long as that. */
  function printed(actions: object[], took: number): string {
    const [program = "", option = "", script = ""] = tellSlowPackages(["go", "build"])
    const file = join(folder, "actions.json")
    writeFileSync(file, JSON.stringify(actions, undefined, "\t"))
    // Time goes on by as much whenever it is asked for.
    const clock = `date() { n=$(cat ${folder}/n 2>/dev/null || echo 0); echo $((n + ${took})) >${folder}/n; echo "$n"; }\n`
    const own = script.replaceAll("/tmp/go-actions.json", file)
    return execFileSync(program, [option, clock + own, "true"], { encoding: "utf8" })
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
    const [program = "", option = "", script = ""] = tellSlowPackages(["go", "build"])
    const run = () => execFileSync(program, [option, script, "sh", "-c", "exit 7"])
    expect(run).toThrow(expect.objectContaining({ status: 7 }))
  })
})

it("other lines are none of it", () => {
  for (const line of ["", "slow", "slow package: x s a", "# slow package: 1.0 s a"]) {
    expect(parseSlowPackage(line)).toBeUndefined()
  }
})
