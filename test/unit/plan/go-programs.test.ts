import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseCommandLine } from "../../../src/plan/command-line.js"
import { launcherProgram } from "../../../src/plan/launcher.js"
import { vendorCheckProgram } from "../../../src/plan/vendor-check.js"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-programs-"))
  for (const [name, program] of Object.entries({
    launcher: launcherProgram,
    vendorcheck: vendorCheckProgram,
  })) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, "go.mod"), `module ${name}\n`)
    writeFileSync(join(folder, name, "main.go"), program)
    execFileSync("go", ["build", "-o", join(folder, `${name}.exe`), "."], {
      cwd: join(folder, name),
    })
  }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(["launcher", "vendorcheck"])("%s is formatted and passes vet", (name) => {
  expect(execFileSync("gofmt", ["-l", join(folder, name)], { encoding: "utf8" })).toBe("")
  execFileSync("go", ["vet", "."], { cwd: join(folder, name) })
})

describe("the launcher makes of a command's words what a shell does", () => {
  const environment = { PATH: process.env["PATH"] ?? "", PORT: "3000", TWO: " a  b ", EMPTY: "" }
  test.each([
    "$PORT",
    ":$PORT",
    "${PORT}x$PORT",
    "'$PORT'",
    '"$PORT"',
    "\\$PORT",
    "${PORT:-80} ${NONE:-80} ${NONE-81} ${EMPTY:-82} x${EMPTY-83}x",
    "$EMPTY",
    '"$EMPTY"',
    "$NONE end",
    "$TWO",
    '"$TWO"',
    "x${TWO}y",
    "x$TWO",
    "${TWO}y",
    "$TWO$TWO",
    "--a=$PORT '--b=$PORT' \"--c=$PORT d\"",
    "''",
    "a'b'\"c\"",
  ])("%s", (words) => {
    const line = parseCommandLine(`printf '[%s]' ${words}`)
    expect(line.needs).not.toBe("shell")
    const launched = spawnSync(join(folder, "launcher.exe"), line.templates, {
      env: environment,
      encoding: "utf8",
    })
    const shell = spawnSync("/bin/sh", ["-c", `printf '[%s]' ${words}`], {
      env: environment,
      encoding: "utf8",
    })
    expect(launched.stdout).toBe(shell.stdout)
  })
})

test("the launcher becomes the program: its exit code and its process", () => {
  const launch = (...args: string[]) =>
    spawnSync(join(folder, "launcher.exe"), args, {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    })
  expect(launch("sh", "-c", "exit 7").status).toBe(7)
  expect(launch("no-such-program")).toMatchObject({
    status: 127,
    stderr: "launch: no-such-program: not found on PATH\n",
  })
  expect(launch("/no/such/file")).toMatchObject({
    status: 127,
    stderr: "launch: /no/such/file: no such file or directory\n",
  })
  expect(launch().stderr).toBe("launch: nothing to run\n")
})

describe("the vendor check", () => {
  const check = (change: (vendor: string) => void) => {
    const project = mkdtempSync(join(folder, "project-"))
    cpSync("examples/idgen", project, { recursive: true })
    change(join(project, "vendor"))
    return spawnSync(join(folder, "vendorcheck.exe"), [project], { encoding: "utf8" })
  }
  const changed = "github.com/oklog/ulid/v2/ulid.go"

  test("passes a tree that go mod vendor wrote", () => {
    const { status, stdout } = check(() => undefined)
    expect(stdout).toBe("vendor/ is what go.mod and go.sum say: 2 modules checked\n")
    expect(status).toBe(0)
  })

  test("finds a changed file", () => {
    const { status, stdout } = check((vendor) => {
      const file = join(vendor, changed)
      writeFileSync(file, `${readFileSync(file, "utf8")}// changed\n`)
    })
    expect(stdout).toMatch(
      /^vendor\/github\.com\/oklog\/ulid\/v2\/ulid\.go: differs from github\.com\/oklog\/ulid\/v2@v2\./,
    )
    expect(stdout).toContain('"go mod vendor" writes it anew')
    expect(status).toBe(1)
  })

  test("finds an added file, in a module and beside all of them", () => {
    const { status, stdout } = check((vendor) => {
      writeFileSync(join(vendor, "github.com/oklog/ulid/v2/added.go"), "package ulid\n")
      mkdirSync(join(vendor, "example.com/other"), { recursive: true })
      writeFileSync(join(vendor, "example.com/other/other.go"), "package other\n")
    })
    expect(stdout).toMatch(/added\.go: github\.com\/oklog\/ulid\/v2@v2\.\S+ has no such file/)
    expect(stdout).toContain(
      "vendor/example.com/other/other.go: belongs to no module of vendor/modules.txt",
    )
    expect(status).toBe(1)
  })

  test("says so where the modules cannot be had, and lets the build go on", () => {
    const project = mkdtempSync(join(folder, "project-"))
    cpSync("examples/idgen", project, { recursive: true })
    const { status, stdout } = spawnSync(join(folder, "vendorcheck.exe"), [project], {
      encoding: "utf8",
      env: { ...process.env, GOPROXY: "off", GOMODCACHE: join(folder, "empty") },
    })
    expect(stdout).toMatch(
      /^vendor\/ could not be checked against its modules, and is used as it is: /,
    )
    expect(status).toBe(0)
  })
})
