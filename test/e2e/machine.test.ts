import { execFileSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { root, run, script, type CommandOptions } from "./command.js"

/*
 * A disk that is full or read-only, a folder that is missing: the machine's fault is said in one line, with exit status 4,
 * and what was there before is there afterwards.
 */

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")
const output = join(folder, "image.tar")
const disk = join(folder, "disk")
const file = join(folder, "file")

beforeAll(() => {
  for (const each of [project, disk]) mkdirSync(each)
  writeFileSync(join(project, "go.mod"), "module example.com/hello\n\ngo 1.25\n")
  writeFileSync(join(project, "main.go"), 'package main\n\nfunc main() { println("hello") }\n')
  writeFileSync(file, "")
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** The last lines of stderr: what was done before is told, too. */
async function refused(args: string[], message: RegExp, options?: CommandOptions): Promise<void> {
  const { code, stderr } = await script([project, ...args], options)
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  expect(stderr).not.toContain("This is a bug")
  expect(code).toBe(4)
}

describe("a folder that is missing, or a file:", () => {
  it("TMPDIR", async () => {
    const message =
      /^the folder for temporary files does not exist: \/missing\nCreate it, or set TMPDIR to a folder that exists\.\n$/m
    await refused(["--output", output], message, { env: { TMPDIR: "/missing" } })
  })

  it.runIf(process.getuid?.() === 0 && !process.env.BUILDKIT_HOST)("XDG_CACHE_HOME", async () => {
    const message = new RegExp(
      `^a file where a folder is expected: ${file}/.*\n.*XDG_CACHE_HOME.*\n$`,
      "m",
    )
    await refused(["--output", output], message, { env: { XDG_CACHE_HOME: file } })
  })
})

it("--load where there is no Docker engine", async () => {
  const env = { DOCKER_HOST: `unix://${folder}/no.sock` }
  const message = /^Docker does not answer: --load needs it\.\n.*docker load.*\n$/m
  await refused(["--load", "--tag", "hello"], message, { env })
})

it("standard output that is full, or that nobody reads", async () => {
  const plan = (target: string) =>
    run([
      "bash",
      "-c",
      `set -o pipefail; bash "$1" "$2" --go-version 1.27 --plan ${target}`,
      "-",
      `${root}script/build`,
      project,
    ])
  const full = await plan("> /dev/full")
  expect(full).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/^no space left on the disk.*\n$/) as string,
  })
  // More than a pipe holds: the program meets a reader that is gone.
  const head = await plan("| head -c 1")
  expect(head).toEqual({ code: 0, stdout: "{", stderr: "" })
})

const mounts = process.platform === "linux" && canMount()
if (!mounts) console.log("Left out: full and read-only disks (mount needs root on Linux)")

function canMount(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], { stdio: "ignore" })
    execFileSync("umount", [folder])
    return true
  } catch {
    return false
  }
}

describe.runIf(mounts)("a disk of 256 kB", () => {
  beforeAll(() => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk])
  })
  afterAll(() => {
    execFileSync("umount", [disk])
  })

  const remount = (how: "ro" | "rw") => execFileSync("mount", ["-o", `remount,${how}`, disk])

  it("for the output: the old one stays, and nothing else", async () => {
    const archive = join(disk, "image.tar")
    writeFileSync(archive, "yesterday's image")
    await refused(
      ["--output", archive],
      new RegExp(`^no space left on the disk: ${archive}\n$`, "m"),
    )
    expect(readFileSync(archive, "utf8")).toBe("yesterday's image")
    expect(readdirSync(disk)).toEqual(["image.tar"])
    remount("ro")
    await refused(["--output", archive], new RegExp(`the file system is read-only: ${disk}`))
    remount("rw")
    expect(readFileSync(archive, "utf8")).toBe("yesterday's image")
    rmSync(archive)
  })

  const full = (work: () => Promise<void>) => async () => {
    const fill = openSync(join(disk, "fill"), "w")
    try {
      for (;;) writeFileSync(fill, Buffer.alloc(4096))
    } catch (error) {
      expect(error).toMatchObject({ code: "ENOSPC" })
    }
    closeSync(fill)
    await work().finally(() => {
      for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true })
    })
  }
  const readOnly = (work: () => Promise<void>) => async () => {
    remount("ro")
    await work().finally(() => remount("rw"))
  }

  it(
    "for TMPDIR, full",
    full(() =>
      refused(["--output", output], /^no space left on the disk: .*\n/m, { env: { TMPDIR: disk } }),
    ),
  )

  it(
    "for TMPDIR, read-only",
    readOnly(() =>
      refused(["--output", output], /^the file system is read-only: .*\n.*TMPDIR.*\n$/m, {
        env: { TMPDIR: disk },
      }),
    ),
  )

  it.runIf(!process.env.BUILDKIT_HOST)(
    "for the state folder, read-only",
    readOnly(() =>
      refused(["--output", output], /^the file system is read-only: .*\n.*XDG_CACHE_HOME.*\n$/m, {
        env: { XDG_CACHE_HOME: disk, DOCKER_HOST: `unix://${folder}/no.sock` },
      }),
    ),
  )

  it.runIf(!process.env.BUILDKIT_HOST)(
    "for the state folder, full",
    full(() =>
      refused(["--output", output], /no space left on (the disk|device)/, {
        env: { XDG_CACHE_HOME: disk, DOCKER_HOST: `unix://${folder}/no.sock` },
      }),
    ),
  )

  it.runIf(!process.env.BUILDKIT_HOST)(
    "for HOME, read-only",
    readOnly(() =>
      refused(["--output", output], /^the file system is read-only: .*\n/m, {
        env: { HOME: disk, XDG_CACHE_HOME: "", DOCKER_HOST: `unix://${folder}/no.sock` },
      }),
    ),
  )
})

const nobody = 65534
const asNobody = process.getuid?.() === 0 && othersMayRead()
if (!asNobody)
  console.log("Left out: what another user left (needs root, and a checkout that others may read)")

function othersMayRead(): boolean {
  try {
    execFileSync("setpriv", [`--reuid=${nobody}`, "test", "-r", `${root}script/build`])
    return true
  } catch {
    return false
  }
}

it.runIf(asNobody)(
  "what another user left in the folder for temporary files is in nobody's way",
  async () => {
    const shared = join(folder, "tmp")
    mkdirSync(shared)
    chmodSync(folder, 0o755)
    chmodSync(shared, 0o1777)
    const namespace = /\d+/.exec(readlinkSync("/proc/self/ns/pid"))![0]
    // No process has this id.
    const left = join(shared, `go-image-${namespace}-999999999-abcdef`)
    mkdirSync(left, { mode: 0o700 })
    writeFileSync(join(left, "Dockerfile"), "")
    const ended = await run(
      [
        "setpriv",
        `--reuid=${nobody}`,
        "--clear-groups",
        "bash",
        `${root}script/build`,
        project,
        "--output",
        join(shared, "image.tar"),
      ],
      {
        env: {
          TMPDIR: shared,
          HOME: "/nonexistent",
          XDG_CACHE_HOME: "",
          BUILDKIT_HOST: "tcp://127.0.0.1:1",
        },
      },
    )
    expect(ended.stderr).not.toContain(left)
    expect(ended.stderr).not.toContain("This is a bug")
    expect(ended.code).toBe(4)
    expect(existsSync(left)).toBe(true)
    expect(readdirSync(shared)).toEqual([left.slice(shared.length + 1)])
  },
)
