import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { exitCode } from "../../../../cli/command-line/exit.js"
import { diskFull, explainSystemError, machineFault } from "../../../../cli/system/system-error.js"
import { temporaryFolder } from "../temporary.js"

afterEach(() => {
  vi.unstubAllEnvs()
})

function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error("nothing was thrown")
}

describe("explainSystemError", () => {
  it("names a folder for temporary files that is missing", () => {
    vi.stubEnv("TMPDIR", "/missing/tmp")
    const error = thrown(() => mkdtempSync(join(tmpdir(), "go-image-")))
    const told = explainSystemError(error)
    expect(told?.message).toBe(
      "the folder for temporary files does not exist: /missing/tmp\nCreate it, or set TMPDIR to a folder that exists.",
    )
    expect(exitCode(told)).toBe(4)
  })

  it("names a cache that is a file, and how to have it elsewhere", () => {
    const file = join(temporaryFolder(), "cache")
    writeFileSync(file, "")
    vi.stubEnv("XDG_CACHE_HOME", file)
    const error = thrown(() => mkdirSync(join(file, "go-image"), { recursive: true }))
    expect(explainSystemError(error)?.message).toBe(
      `a file where a folder is expected: ${file}/go-image\n` +
        "Tools, base images and caches are kept there. Set XDG_CACHE_HOME to use another folder.",
    )
  })

  it("tells a user without a home what is missing", () => {
    const info = { code: "ENOENT", message: "no such file or directory", syscall: "uv_os_homedir" }
    const error = Object.assign(new Error("uv_os_homedir returned ENOENT"), {
      code: "ERR_SYSTEM_ERROR",
      info,
    })
    expect(explainSystemError(error)?.message).toMatch(/^this user has no home folder\nSet HOME/)
    expect(homedir()).not.toBe("")
  })

  it.each(["ENOSPC", "EROFS", "EACCES", "EDQUOT", "EMFILE", "EIO", "ENOMEM"])(
    "%s is the machine's",
    (code) => {
      const error = Object.assign(new Error(code), { code, path: "/data/out/image.tar" })
      const told = explainSystemError(error)
      expect(told?.message).toMatch(/^[a-z/ -]+: \/data\/out\/image\.tar$/)
      expect(exitCode(told)).toBe(4)
    },
  )

  it("takes nothing else for a fault of the machine", () => {
    const missing = thrown(() => readFileSync("/missing"))
    for (const error of [missing, new TypeError("x is not a function"), "ENOSPC", undefined]) {
      expect(explainSystemError(error)).toBeUndefined()
    }
  })
})

describe("what programs print", () => {
  it("is looked through for faults of the machine", () => {
    const output =
      "# example.com/app\nlink: write /tmp/go-build/x: no space left on device \nmore\n"
    expect(machineFault(output)).toBe("link: write /tmp/go-build/x: no space left on device")
    expect(diskFull(output)).toBe(machineFault(output))
    expect(machineFault("open /x: read-only file system")).toBe("open /x: read-only file system")
  })

  it("of a project's own, in the sandbox that it runs in, only a full disk is one", () => {
    expect(diskFull("go: updating go.mod: open /src/go.mod: read-only file system")).toBeUndefined()
    expect(machineFault("undefined: fmt")).toBeUndefined()
  })
})
