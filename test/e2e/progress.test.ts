import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { root, run, script } from "./command.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-progress-"))
const project = join(folder, "noisy")
const archive = join(folder, "noisy.tar")

/** Never the same, so that its steps run. */
const files = {
  "go.mod": "module example.com/noisy\n\ngo 1.25\n",
  "main.go": `package main\n\n// ${folder}\nfunc main() {}\n`,
  "bin/go-pre-compile": String.raw`#!/bin/sh
printf '\033[2J\033[H\033[?25l\033[?1049h\033[31mthe hook has run\033[0m\n'
printf '10%%\r100%%\n'
sleep 1.5
if [ -e fail ]; then
  printf '\033[2Jwhy the hook failed\033[5A\n'
  exit 7
fi
`,
}

beforeAll(() => {
  mkdirSync(join(project, "bin"), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
  chmodSync(join(project, "bin/go-pre-compile"), 0o755)
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** In a terminal of its own: script(1), of util-linux. */
function inTerminal(args: readonly string[], onStart?: string) {
  const words = ["bash", `${root}script/build`, ...args].map((word) => `'${word}'`).join(" ")
  const columns = "stty cols 60 rows 20; "
  return run(["script", "--quiet", "--return", "--command", columns + words, "/dev/null"], {
    env: { TERM: "xterm-256color", NO_COLOR: "", ...(onStart !== undefined && { onStart }) },
  })
}

const hidden = "\u001B[?25l"
const shown = "\u001B[?25h"
const lines = (text: string) => text.split("\n").filter(Boolean)

it("without a terminal, a step that takes its time is a line where it starts, and one where it is done", async () => {
  const { code, stdout, stderr } = await script([project, "--output", archive, "--verbose"])
  expect(code, stderr).toBe(0)
  const hook = lines(stderr).filter((line) => /^ {2}build: .*go-pre-compile/.test(line))
  expect(hook.at(-2)).toMatch(/^ {2}\S+: .*go-pre-compile {2}started$/)
  expect(hook.at(-1)).toMatch(/^ {2}\S+: .*go-pre-compile {2}\d+\.\d s$/)
  // What the hook prints is text alone.
  expect(stderr).not.toContain("\u001B")
  expect(lines(stderr)).toContain("    the hook has run")
  expect(lines(stderr)).toContain("    100%")
  expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/)
  // On a busy machine, a line says which packages were slow.
  const told = lines(stderr).filter((line) => !line.startsWith("slow "))
  const [built, size, time, ...run] = told.slice(-5)
  expect(built).toMatch(/^built noisy: Go 1\.25 on debian:bookworm-slim, in \d+\.\d s$/)
  expect(size).toMatch(
    /^size {2}\d+\.\d MB compressed: debian:bookworm-slim \d.* \+ certificates, time zones, user \d.* \+ programs \d.*$/,
  )
  expect(time).toMatch(
    /^time {2}build: bin\/go-pre-compile [1-9]\d*\.\d s; .*; \d+ of \d+ steps cached$/,
  )
  expect(run).toEqual([
    `run   docker load --input ${archive}`,
    `      podman run --rm oci-archive:${archive}`,
  ])
})

it("in a terminal, what runs is drawn with a clock, the cursor comes back, and the hook cannot clear the screen", async () => {
  const { code, stdout } = await inTerminal([project, "--no-cache", "--output", archive])
  expect(code, stdout).toBe(0)
  expect(stdout).toMatch(/go-pre-compile[^\n]*1\.\d s/)
  expect(stdout).toMatch(/\d+ of \d+ steps/)
  // The last line that the hook printed, as it was left.
  expect(stdout).toMatch(/ {4}100%/)
  expect(stdout.lastIndexOf(shown)).toBeGreaterThan(stdout.lastIndexOf(hidden))
  for (const sequence of ["\u001B[2J", "\u001B[H", "\u001B[?1049h"]) {
    expect(stdout.includes(sequence), JSON.stringify(sequence)).toBe(false)
  }
  // Nothing is drawn below the result.
  expect(stdout.replaceAll(shown, "").trimEnd()).toMatch(/sha256:[0-9a-f]{64}$/)
})

it("Ctrl-C in a terminal stops the build, and gives the cursor back", async () => {
  const build = `bash '${root}script/build' '${project}' --no-cache --output '${archive}'`
  // What a terminal does on Ctrl-C, once steps are drawn.
  const interrupt = `( while ! grep -aq 'of [0-9]* steps' "$0"; do sleep 0.1; done; kill -INT 0 ) &`
  const log = join(folder, "typescript")
  const inner = `trap : INT; ${interrupt.replace("$0", log)} ${build}; echo "status $?"`
  const { stdout } = await run(
    [
      "script",
      "--quiet",
      "--flush",
      "--command",
      `bash -c '${inner.replaceAll("'", "'\\''")}'`,
      log,
    ],
    { env: { TERM: "xterm-256color" } },
  )
  expect(stdout).toContain("interrupted")
  expect(stdout).toContain("status 130")
  expect(stdout.lastIndexOf(shown)).toBeGreaterThan(stdout.lastIndexOf(hidden))
})

it("a reader that closes its end does not stop the build", async () => {
  rmSync(archive, { force: true })
  const { code, stdout } = await run([
    "bash",
    "-c",
    `set -o pipefail; bash '${root}script/build' '${project}' --no-cache --output '${archive}' 2>&1 | head -n 1`,
  ])
  expect(lines(stdout)).toEqual(["module: example.com/noisy  (go.mod:1)"])
  expect(code).toBe(0)
  expect(statSync(archive).size).toBeGreaterThan(0)
})

it("for programs it is an object a line, also where a step fails, whose output is kept", async () => {
  writeFileSync(join(project, "fail"), "")
  const { code, stdout, stderr } = await script([
    project,
    "--output",
    archive,
    "--progress",
    "json",
  ])
  expect(code).toBe(3)
  expect(stdout).toBe("")
  const events = lines(stderr).map((line) => JSON.parse(line) as Record<string, unknown>)
  const failed = events.find(({ state }) => state === "failed")
  expect(failed).toMatchObject({
    type: "step",
    name: expect.stringContaining("go-pre-compile") as string,
  })
  expect(events).toContainEqual(
    expect.objectContaining({ type: "output", id: failed?.["id"], text: "the hook has run" }),
  )
  expect(events.at(-1)).toMatchObject({ type: "error", exitCode: 3 })
  expect(events.at(-1)?.["text"]).toMatch(/why the hook failed\n\nfailed \(exit code 7\): /)

  const terminal = await inTerminal([project, "--output", archive])
  expect(terminal.code).toBe(3)
  const end = terminal.stdout.slice(terminal.stdout.lastIndexOf("  failed"))
  expect(end).toMatch(/the hook has run[^]*why the hook failed\r?\n\r?\nfailed \(exit code 7\): /)
})
