import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { script } from "./command.js"

let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  cpSync("examples/idgen", project, { recursive: true })
})

afterEach(() => rmSync(project, { recursive: true }))

function check(...names: string[]) {
  return script([project, ...names.flatMap((name) => ["--check", name])])
}

it("checks that pass, one after the other, change nothing and leave nothing", async () => {
  const before = readdirSync(project, { recursive: true })
  const { code, stderr } = await check("vet", "format", "tidy", "lint")
  expect(code, stderr).toBe(0)
  const said = stderr.split("\n").filter((line) => /^\w+: (passed$|skipped, )/.test(line))
  expect(said).toEqual([
    "vet: passed",
    "format: passed",
    "tidy: passed",
    "lint: skipped, golangci-lint is not configured (.golangci.yml, .yaml, .toml or .json)",
  ])
  expect(readdirSync(project, { recursive: true })).toEqual(before)
})

it("tests and hooks of a project that downloads nothing", async () => {
  writeFileSync(
    join(project, "go.mod"),
    "module example.com/app\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ./lib\n",
  )
  for (const name of readdirSync(project)) {
    if (name !== "go.mod") rmSync(join(project, name), { recursive: true })
  }
  mkdirSync(join(project, "lib"))
  mkdirSync(join(project, "bin"))
  writeFileSync(join(project, "lib/go.mod"), "module example.com/lib\n\ngo 1.25\n")
  writeFileSync(join(project, "lib/lib.go"), 'package lib\n\nconst Name = "lib"\n')
  writeFileSync(
    join(project, "main.go"),
    'package main\n\nimport "example.com/lib"\n\nfunc main() { println(lib.Name) }\n',
  )
  writeFileSync(
    join(project, "main_test.go"),
    'package main\n\nimport "testing"\n\nfunc TestMain2(t *testing.T) { main() }\n',
  )
  writeFileSync(join(project, "bin/go-pre-compile"), "#!/bin/sh\necho hook\n")
  const tested = await check("test")
  expect(tested.code, tested.stderr).toBe(0)
  const built = await script([project, "-o", join(project, "app.tar")])
  expect(built.code, built.stderr).toBe(0)
})

it("of a go.work, all modules are checked, also where one fails", async () => {
  for (const name of readdirSync(project)) rmSync(join(project, name), { recursive: true })
  const write = (path: string, text: string) => {
    mkdirSync(join(project, path, ".."), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  write("go.work", "go 1.25\n\nuse (\n\t./web\n\t./lib\n\t./more\n)\n")
  for (const name of ["web", "lib", "more"]) {
    write(`${name}/go.mod`, `module example.com/${name}\n\ngo 1.25\n`)
  }
  write("web/main.go", "package main\n\nfunc main() {}\n")
  const testOf = (body: string) =>
    `package lib\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { ${body} }\n`
  write("lib/lib_test.go", testOf(""))
  write("more/more_test.go", testOf(""))
  const report = join(project, "out")
  const test = () => script([project, "--check", "test", "--test-report", report])
  const passed = await test()
  expect(passed.code, passed.stderr).toBe(0)
  const said = passed.stderr.split("\n").filter((line) => /^(?:module|test): /.test(line))
  expect(said).toEqual(
    ["web (no tests)", "lib (1 test)", "more (1 test)"].flatMap((each) => {
      const [name = "", counts = ""] = each.split(/ (.*)/)
      return [`module: ${name}`, `test: passed ${counts}`]
    }),
  )
  expect(readFileSync(join(report, "lib/junit.xml"), "utf8")).toContain('tests="1"')
  const listed = await script([project, "--test-list"])
  expect(listed.stdout).toMatch(/^example\.com\/lib TestOne\nexample\.com\/more TestOne\n$/)

  write("lib/lib_test.go", testOf('t.Error("wrong result")'))
  const failed = await test()
  expect(failed.code).toBe(3)
  expect(failed.stderr).toContain("lib_test.go:5: wrong result")
  expect(failed.stderr).toMatch(/^test: failed in example\.com\/lib\nmodule: more\n/m)
  // One module alone.
  const one = await script([join(project, "more"), "--check", "test"])
  expect(one.code, one.stderr).toBe(0)
  expect(one.stderr).not.toContain("module:")
})

it("tests run with the race detector and are told as a person reads them", async () => {
  writeFileSync(
    join(project, "race_test.go"),
    `package main

import "testing"

func TestRace(t *testing.T) {
	n, done := 0, make(chan bool)
	go func() { n++; done <- true }()
	n++
	<-done
}
`,
  )
  const { code, stderr } = await check("test")
  expect(code).toBe(3)
  expect(stderr).toContain("WARNING: DATA RACE")
  expect(stderr).toMatch(/FAIL: .*TestRace/)
})

it.each([
  [
    "vet",
    `package main\n\nimport "fmt"\n\nfunc bad() { fmt.Printf("%d", "x") }\n`,
    /Printf format %d/,
  ],
  ["format", "package main\n\nfunc  ugly() {}\n", /^extra\.go$/m],
  ["tidy", 'package main\n\nimport _ "golang.org/x/text/language"\n', /golang\.org\/x\/text/],
])(
  "%s fails, with what it found, and the checks after it are run all the same",
  async (name, text, found) => {
    writeFileSync(join(project, "extra.go"), text)
    const { code, stderr } = await check(name, "lint")
    expect(code, stderr).toBe(3)
    expect(stderr).toMatch(found)
    expect(stderr).toMatch(/^lint: skipped/m)
  },
)

it("a check that there is not", async () => {
  const { code, stderr } = await check("spelling")
  expect(code).toBe(2)
  expect(stderr).toContain("Checks are test, vet, lint, format, tidy, vulncheck.")
})

it("results of tests are written where they pass and where they fail, and failing tests run again", async () => {
  for (const name of readdirSync(project)) rmSync(join(project, name), { recursive: true })
  writeFileSync(join(project, "go.mod"), "module example.com/app\n\ngo 1.25\n")
  writeFileSync(join(project, "main.go"), "package main\n\nfunc main() {}\n")
  const writeTest = (body: string) => {
    const text = `package main\n\nimport "testing"\n\nfunc TestOne(t *testing.T) { ${body} }\n`
    writeFileSync(join(project, "main_test.go"), text)
  }
  const report = join(project, "out/report")
  const test = () => script([project, "--check", "test", "--test-report", report])
  writeTest("main()")
  const passed = await test()
  expect(passed.code, passed.stderr).toBe(0)
  expect(passed.stderr).toMatch(/^test: passed \(1 test\)$/m)
  expect(readdirSync(report).sort()).toEqual(["coverage.out", "junit.xml"])
  expect(readFileSync(join(report, "coverage.out"), "utf8")).toMatch(/^mode: \w+\n.*main\.go:3/)
  expect(readFileSync(join(report, "junit.xml"), "utf8")).toMatch(
    /<testsuites tests="1" failures="0"/,
  )

  writeTest('t.Error("wrong result")')
  for (const attempt of ["first", "second"]) {
    const failed = await test()
    expect(failed.code, attempt).toBe(3)
    expect(failed.stderr).toContain("main_test.go:5: wrong result")
    expect(failed.stderr).not.toMatch(/^test: passed/m)
    const text = readFileSync(join(report, "junit.xml"), "utf8")
    expect(text).toMatch(/<testsuites tests="1" failures="1"/)
    expect(text).toContain("wrong result")
  }
})

it("of targets of one module, checks run once; a failed image names its target, and those that were not started", async () => {
  for (const name of readdirSync(project)) rmSync(join(project, name), { recursive: true })
  writeFileSync(join(project, "go.mod"), "module example.com/app\n\ngo 1.25\n")
  const names = ["web", "links", "mailer"]
  for (const name of names) {
    mkdirSync(join(project, name))
    writeFileSync(join(project, name, "main.go"), "package main\n\nfunc main() { println() }\n")
  }
  const targets = names.map(
    (name) => `[[go-image.targets]]\nname = "${name}"\npackages = ["./${name}"]\n`,
  )
  writeFileSync(join(project, "project.toml"), targets.join("\n"))
  const report = join(project, "report")
  const checks = ["--check", "vet", "--check", "test", "--test-report", report]
  const all = await script([project, "--target", "all", ...checks])
  expect(all.code, all.stderr).toBe(0)
  const said = all.stderr.split("\n").filter((line) => /^(?:vet|test|target): /.test(line))
  const same = ["vet: the same as for target web", "test: the same as for target web"]
  expect(said).toEqual([
    ...["target: web", "vet: passed", "test: passed (no tests)"],
    ...["target: links", ...same],
    ...["target: mailer", ...same],
  ])
  expect(readdirSync(report)).toEqual(["web"])

  writeFileSync(join(project, "links/main.go"), "package main\n\nfunc main() { x }\n")
  const output = join(project, "{{.Target}}.tar")
  const failed = await script([project, "--target", "all", "--output", output])
  expect(failed.code).toBe(3)
  expect(failed.stderr).toMatch(/^target links failed; not started: mailer$/m)
  expect(failed.stderr).toMatch(/^built web\b/m)

  const found = await script([project, "--target", "all", "--check", "vet", "--check", "format"])
  expect(found.code).toBe(3)
  const told = found.stderr.split("\n").filter((line) => /^(?:vet|format|target): /.test(line))
  const before = ["vet: the same as for target web, which failed"]
  expect(told).toEqual([
    ...["target: web", "vet: failed in example.com/app/links", "format: passed"],
    ...["target: links", ...before, "format: the same as for target web"],
    ...["target: mailer", ...before, "format: the same as for target web"],
    "vet: links/main.go:3:15: undefined: x",
  ])
})
