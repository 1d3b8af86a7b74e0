import { execFileSync, spawnSync } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { stampEnvironment, stampScript } from "../../../../src/plan/version/stamp-script.js"
import type { BuildInfo } from "../../../../src/plan/version/stamp.js"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-stamp-"))
  writeFileSync(join(folder, "go.mod"), "module example.com/stamp\n\ngo 1.21\n")
  writeFileSync(
    join(folder, "main.go"),
    'package main\n\nimport "runtime/debug"\n\nfunc main() {\n\tinfo, _ := debug.ReadBuildInfo()\n\tprint(info.String())\n}\n',
  )
  if (stampScript.type !== "file") throw new Error("not a file")
  writeFileSync(join(folder, "stamp.sh"), stampScript.content)
  chmodSync(join(folder, "stamp.sh"), 0o755)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Returns what the program says of itself, and the commands that the go command ran. */
function build(info: BuildInfo, more: Record<string, string> = {}) {
  const variables = stampEnvironment(info).map((step) =>
    step.type === "environment" ? [step.name, step.value] : [],
  )
  const env = {
    ...process.env,
    ...(Object.fromEntries(variables) as Record<string, string>),
    GOFLAGS: "",
    GOTOOLCHAIN: "local",
    ...more,
  }
  const program = join(folder, "program")
  // By its build ID, the go command would take it for the new one.
  rmSync(program, { force: true })
  const flags = ["-x", "-trimpath", `-toolexec=${join(folder, "stamp.sh")}`, "-o", program]
  const { status, stderr } = spawnSync("go", ["build", ...flags, "."], {
    cwd: folder,
    env,
    encoding: "utf8",
  })
  if (status !== 0) throw new Error(stderr)
  const own = execFileSync("sh", ["-c", '"$0" 2>&1', program], { encoding: "utf8" })
  const told = execFileSync("go", ["version", "-m", program], { encoding: "utf8" })
  return { own, told, commands: stderr }
}

const settings = (revision: string) => [
  { key: "vcs", value: "git" },
  { key: "vcs.revision", value: revision },
  { key: "vcs.time", value: "2025-03-01T09:30:05Z" },
  { key: "vcs.modified", value: "false" },
]
const [a, b] = ["a".repeat(40), "b".repeat(40)]

test("a program says its version and commit, to itself and to others", () => {
  const { own, told } = build({ version: "v1.2.3+dirty", settings: settings(a) })
  for (const line of [
    "mod\texample.com/stamp\tv1.2.3+dirty\t",
    "build\tvcs=git",
    `build\tvcs.revision=${a}`,
    "build\tvcs.time=2025-03-01T09:30:05Z",
    "build\tvcs.modified=false",
  ]) {
    expect(own).toContain(`${line}\n`)
    expect(told).toContain(`\t${line}\n`)
  }
})

test("without a version it stays (devel)", () => {
  const { own } = build({ settings: settings(a) })
  expect(own).toContain("mod\texample.com/stamp\t(devel)\t\n")
})

test("another commit compiles nothing anew", () => {
  build({ version: "v1.2.3", settings: settings(a) })
  const { own, commands } = build({ version: "v1.2.4", settings: settings(b) })
  expect(own).toContain(`vcs.revision=${b}`)
  expect(commands).toMatch(/\/link /)
  expect(commands).not.toMatch(/\/compile /)
})

test("what a program is linked with C by is its own business", () => {
  const { own } = build({ version: "v1.2.3", settings: settings(a) }, { CGO_ENABLED: "0" })
  expect(own).toContain("build\tCGO_ENABLED=0\n")
})
