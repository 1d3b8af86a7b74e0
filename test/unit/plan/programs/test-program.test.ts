import { execFile, execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { readTrace } from "../../support/otlp.js"

let folder: string
let project: string

const files = {
  // What gotestsum does of it all for this program.
  gotestsum: `#!/bin/sh\nfile=\${1#--jsonfile=}\nshift\nexec go test -json "$@" >"$file"\n`,
  "project/go.mod": "module example.com/app\n\ngo 1.21\n",
  "project/empty/empty.go": "package empty\n",
  "project/a/a_test.go": `package a

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestMain(m *testing.M) { fmt.Println("TestMain says this"); os.Exit(m.Run()) }
func TestSlow(t *testing.T)  { time.Sleep(150 * time.Millisecond) }
func TestParent(t *testing.T) {
	t.Run("x/y", func(t *testing.T) { t.Parallel(); time.Sleep(120 * time.Millisecond) })
	t.Run("skipped", func(t *testing.T) { t.Skip() })
}
func TestQuick(t *testing.T)  { t.Parallel() }
func FuzzIt(f *testing.F)     { f.Add(1); f.Fuzz(func(t *testing.T, i int) {}) }
func Example()                { fmt.Println("hello") // Output: hello
}
func TestFails(t *testing.T) {
	if os.Getenv("FAIL") != "" {
		t.Fatal("it is broken")
	}
}
`,
  "project/b/b_test.go": `package b_test

import "testing"

func TestSlow(t *testing.T) {}
`,
}

const all = [
  ...["Example", "FuzzIt", "TestFails", "TestParent", "TestQuick", "TestSlow"].map(
    (name) => `example.com/app/a ${name}`,
  ),
  "example.com/app/b TestSlow",
]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-tests-"))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  chmodSync(join(folder, "gotestsum"), 0o755)
  execFileSync("go", ["build", "-o", join(folder, "gotests.exe"), "./test"], {
    cwd: "src/plan/programs",
  })
  project = join(folder, "project")
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const gotests = (args: string[], env: Record<string, string> = {}) =>
  promisify(execFile)(join(folder, "gotests.exe"), args, {
    cwd: project,
    env: { ...process.env, ...env },
  }).then(
    ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )

const shardOf = (shard: string) => `-exec=${join(folder, "gotests.exe")} shard ${shard}`

const lines = (text: string) => text.trimEnd().split("\n").filter(Boolean)

test("lists the tests of all packages, by their names", async () => {
  const { stdout, code } = await gotests(["list", "go", "test", "-json", "-list=.", "./..."])
  expect(lines(stdout).sort()).toEqual(all)
  expect(code).toBe(0)
  const some = await gotests(["list", "go", "test", "-json", "-list=Slow|Example", "./a"])
  expect(lines(some.stdout).sort()).toEqual([all[0], all[5]])
})

test("a list of what does not compile fails with the compiler's words", async () => {
  const broken = join(project, "broken_test.go")
  writeFileSync(broken, "package app\n\nfunc TestX(t *testing.T) {}\n")
  try {
    const { stderr, code } = await gotests(["list", "go", "test", "-json", "-list=.", "./..."])
    expect(stderr).toContain("broken_test.go:3:15: undefined: testing")
    expect(code).not.toBe(0)
  } finally {
    rmSync(broken)
  }
})

test.each([1, 3])("%i shards together list and run each test exactly once", async (count) => {
  const listed: string[] = []
  const ran: string[] = []
  for (let index = 1; index <= count; index++) {
    const shard = shardOf(`${index} ${count}`)
    const list = await gotests(["list", "go", "test", "-json", "-list=.", shard, "./..."])
    listed.push(...lines(list.stdout))
    const { stdout } = await promisify(execFile)(
      "go",
      ["test", "-count=1", "-json", shard, "./..."],
      { cwd: project },
    )
    const events = lines(stdout).map((line) => JSON.parse(line) as Record<string, string>)
    const own = events
      .filter(({ Action, Test = "/" }) => Action === "pass" && !Test.includes("/"))
      .map(({ Package, Test }) => `${Package} ${Test}`)
    expect(own.sort()).toEqual(lines(list.stdout).sort())
    ran.push(...own)
  }
  expect(listed.sort()).toEqual(all)
  expect(ran.sort()).toEqual(all)
})

/** A package's program that only says what it was told: its tests are the lines of TESTS. */
const fakeTests = `#!/bin/sh
case $1 in -test.list=*) printf '%s\\n' $TESTS ;; *) printf '%s\\n' "$@" ;; esac
`

interface Package {
  name: string
  tests: string[]
}

/** The tests of each of \`count\` shards, by packages whose programs say what they are told to run. */
function split(packages: Package[], count: number, times: string | undefined): string[][] {
  const fake = join(folder, "fake-tests")
  const file = join(folder, "times.txt")
  writeFileSync(fake, fakeTests, { mode: 0o755 })
  writeFileSync(file, times ?? "")
  return Array.from({ length: count }, (_, index) =>
    packages.flatMap(({ name, tests }) => {
      const cwd = join(project, name)
      mkdirSync(cwd, { recursive: true })
      const given = [...(times === undefined ? [] : [`--times=${file}`]), String(index + 1)]
      const output = execFileSync(
        join(folder, "gotests.exe"),
        ["shard", ...given, String(count), fake, "-test.v"],
        { cwd, encoding: "utf8", env: { ...process.env, TESTS: tests.join(" ") } },
      )
      if (output.startsWith("testing: warning: no tests to run")) return []
      const [, skip] = /^-test\.skip=\^\((.*)\)\$$/m.exec(output) ?? []
      const others = new Set(skip?.split("|"))
      return tests.filter((test) => !others.has(test)).map((test) => `${name} ${test}`)
    }),
  )
}

const timesOf = (entries: [string, number][]) =>
  entries.map(([test, time]) => `example.com/app/${test} ${time}\n`).join("")

test("whatever is known of them, each test is in one shard", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^Test[A-Za-z0-9_]{0,3}$/), {
    minLength: 1,
    maxLength: 8,
  })
  const input = fc.record({
    tests: fc.array(names, { minLength: 1, maxLength: 3 }),
    count: fc.integer({ min: 1, max: 4 }),
    times: fc.option(fc.array(fc.option(fc.nat(1_000_000)), { maxLength: 24 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(input, ({ tests, count, times }) => {
      const packages = tests.map((each, index) => ({ name: `p${index}`, tests: each }))
      const all = packages.flatMap(({ name, tests }) => tests.map((test) => `${name} ${test}`))
      const known =
        times &&
        [...all, "gone TestGone"].flatMap((test, index): [string, number][] => {
          const time = times[index] ?? undefined
          return time === undefined ? [] : [[test, time]]
        })
      const shards = split(packages, count, known && timesOf(known))
      expect(shards.flat().sort()).toEqual(all.sort())
    }),
    { numRuns: 25 },
  )
}, 60_000)

test("shards take the same time, as far as one test allows it, and new tests go where there is room", () => {
  const times: [string, number][] = [9000, 4000, 3000, 2000, 2000, 1000, 900, 100, 0, 0].map(
    (time, index) => [`${index % 2 ? "p" : "q"} Test${index}`, time],
  )
  const packages = ["p", "q"].map((name) => ({
    name,
    tests: times.flatMap(([test]) => (test.startsWith(name) ? test.slice(2) : [])),
  }))
  const loads = (shards: string[][]) =>
    shards.map((own) => own.reduce((sum, test) => sum + (new Map(times).get(test) ?? 0), 0))
  expect(loads(split(packages, 2, timesOf(times)))).toEqual([11_000, 11_000])
  expect(Math.max(...loads(split(packages, 4, timesOf(times))))).toBe(9000)

  const added = { name: "new", tests: Array.from({ length: 40 }, (_, index) => `TestNew${index}`) }
  const counts = split([added], 4, timesOf(times)).map((own) => own.length)
  const [longest] = counts
  // The first has the test of nine seconds.
  expect(longest).toBeLessThan(Math.min(...counts.slice(1)))
})

test("without times, shards have the same number of a package's tests, or one less", () => {
  for (const total of [1, 7, 20]) {
    const tests = Array.from({ length: total }, (_, index) => `Test${index}`)
    const counts = split([{ name: "p", tests }], 5, undefined).map((own) => own.length)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  }
})

test("a shard and -run hold both, with what -skip leaves out", async () => {
  const ran: string[] = []
  for (const shard of ["1 2", "2 2"]) {
    const args = [
      "test",
      "-count=1",
      "-v",
      "-run=Slow|Parent/x",
      "-skip=Slow",
      shardOf(shard),
      "./a",
    ]
    const { stdout } = await promisify(execFile)("go", args, { cwd: project })
    ran.push(...[...stdout.matchAll(/^ *--- PASS: (\S+)/gm)].map(([, name]) => name!))
  }
  expect(ran.sort()).toEqual(["TestParent", "TestParent/x/y"])
})

test("the slowest tests stand at the end, with the exit code of the tests", async () => {
  const command = ["run", join(folder, "gotestsum"), "-count=1", "./..."]
  const passed = await gotests(command)
  expect(passed.code).toBe(0)
  const [, heading, ...slowest] = passed.stdout.split("\n")
  expect(heading).toBe("slowest tests:")
  const [seconds, names] = [0, 1].map((i) =>
    lines(slowest.join("\n")).map((each) => each.trim().split("s  ")[i]),
  )
  expect(names).toEqual(expect.arrayContaining([all[5], `${all[3]}/x/y`]))
  // Its time is that of its subtests.
  expect(names).not.toContain(all[3])
  expect(seconds?.map(Number)).toEqual(seconds?.map(Number).toSorted((x, y) => y - x))
  expect((await gotests(command, { FAIL: "1" })).code).toBe(1)
})

test("each test is a span below the one of the step, and failed ones say why", async () => {
  const received: Buffer[] = []
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      received.push(Buffer.concat(chunks as Buffer[]))
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as { port: number }
  const trace = "0af7651916cd43dd8448eb211c80319c"
  const step = "b7ad6b7169203331"
  try {
    await gotests(["run", join(folder, "gotestsum"), "-count=1", "./..."], {
      FAIL: "1",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `http://127.0.0.1:${port}/v1/traces`,
      TRACEPARENT: `00-${trace}-${step}-01`,
    })
  } finally {
    server.close()
  }
  const sent = received.map(readTrace)
  // An engine that is sent spans of no resource crashes.
  for (const { resource } of sent) expect(resource).toEqual({ "service.name": "gotests" })
  const spans = sent.flatMap((each) => each.spans)
  // The last time that one is sent says how it ended.
  const ended = new Map(spans.map((span) => [span.id, span]))
  const nameOf = (id: string) => (id === step ? "step" : ended.get(id)?.name)
  const tree = [...ended.values()].map(
    ({ name, parent, status }) => `${nameOf(parent)} > ${name}: ${status}`,
  )
  expect(tree.sort()).toEqual(
    [
      "TestParent > skipped: ok",
      "TestParent > x/y: ok",
      "FuzzIt > seed#0: ok",
      ...["Example", "FuzzIt", "TestParent", "TestQuick", "TestSlow"].map(
        (name) => `example.com/app/a > ${name}: ok`,
      ),
      "example.com/app/a > TestFails: error a_test.go:22: it is broken",
      "example.com/app/b > TestSlow: ok",
      "step > example.com/app/a: error failed",
      "step > example.com/app/b: ok",
      "step > example.com/app/empty: ok",
    ].sort(),
  )
  for (const span of ended.values()) {
    expect(span.trace).toBe(trace)
    expect(span.end).toBeGreaterThan(0)
    expect(span.end).toBeGreaterThanOrEqual(span.start)
  }
  const slow = [...ended.values()].find(
    ({ attributes }) => attributes["test.case.name"] === "TestSlow",
  )
  expect(slow?.attributes).toMatchObject({ "test.case.result.status": "pass" })
})
