import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { describe, expect, it, vi } from "vitest"
import { stageFile, stageFolder } from "../../../../cli/engine/staging.js"
import { temporaryFolder } from "../temporary.js"

describe("stageFile", () => {
  it("puts a file in its place when it is complete, as the person's umask has it", () => {
    const folder = temporaryFolder()
    const path = join(folder, "image.tar")
    writeFileSync(path, "old")
    const staging = stageFile(path)
    const staged = join(staging.folder, "output")
    writeFileSync(staged, "new")
    chmodSync(staged, 0o666)
    expect(readFileSync(path, "utf8")).toBe("old")
    staging.commit("output")
    staging.discard()
    expect(readFileSync(path, "utf8")).toBe("new")
    expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask())
    expect(readdirSync(folder)).toEqual(["image.tar"])
  })

  it("leaves nothing behind when it is given up, not even folders that it made", () => {
    const folder = temporaryFolder()
    const staging = stageFile(join(folder, "a/b/image.tar"))
    writeFileSync(join(staging.folder, "output"), "half")
    staging.discard()
    expect(readdirSync(folder)).toEqual([])
  })

  it("keeps folders that it made for a complete file", () => {
    const path = join(temporaryFolder(), "a/b/image.tar")
    const staging = stageFile(path)
    writeFileSync(join(staging.folder, "output"), "")
    staging.commit("output")
    staging.discard()
    expect(existsSync(path)).toBe(true)
  })

  it("replaces the file that a link points to, and not the link", () => {
    const folder = temporaryFolder()
    const [file, link] = [join(temporaryFolder(), "real.tar"), join(folder, "image.tar")]
    writeFileSync(file, "old")
    symlinkSync(file, link)
    const staging = stageFile(link)
    writeFileSync(join(staging.folder, "output"), "new")
    staging.commit("output")
    staging.discard()
    expect(readFileSync(file, "utf8")).toBe("new")
    expect(readlinkSync(link)).toBe(file)
    expect(readdirSync(folder)).toEqual(["image.tar"])
  })

  it("is never in the source, nor on its way", () => {
    const source = temporaryFolder()
    vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
    const path = join(source, "dist/image.tar")
    const staging = stageFile(path, source)
    // Nor is the folder that it is missing.
    expect(readdirSync(source)).toEqual([])
    writeFileSync(join(staging.folder, "output"), "new")
    staging.commit("output")
    staging.discard()
    expect(readdirSync(source, { recursive: true }).sort()).toEqual(["dist", "dist/image.tar"])
    expect(existsSync(staging.folder)).toBe(false)
    vi.unstubAllEnvs()
  })

  it("is put on another disk complete", () => {
    const source = temporaryFolder()
    // Another disk on every Linux.
    vi.stubEnv("XDG_CACHE_HOME", mkdtempSync("/dev/shm/go-image-staging-"))
    const path = join(source, "image.tar")
    const staging = stageFile(path, source)
    expect(statSync(staging.folder).dev).not.toBe(statSync(source).dev)
    writeFileSync(join(staging.folder, "output"), "new")
    staging.commit("output")
    staging.discard()
    expect(readFileSync(path, "utf8")).toBe("new")
    expect(readdirSync(source)).toEqual(["image.tar"])
    rmSync(process.env.XDG_CACHE_HOME ?? "", { recursive: true })
    vi.unstubAllEnvs()
  })

  it("refuses a folder", () => {
    expect(() => stageFile(temporaryFolder())).toThrow("the output is a folder")
  })

  it("refuses what is neither a file nor a folder, such as a device", () => {
    expect(() => stageFile("/dev/null")).toThrow("the output is not a file: /dev/null")
  })
})

describe("stageFolder", () => {
  it("takes the place of an empty folder", () => {
    const path = temporaryFolder()
    const staging = stageFolder(path)
    mkdirSync(join(staging.folder, "output"))
    writeFileSync(join(staging.folder, "output/file"), "")
    staging.commit("output")
    staging.discard()
    expect(readdirSync(path)).toEqual(["file"])
  })

  it("refuses a folder with files in it, and a file", () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, "file"), "")
    expect(() => stageFolder(folder)).toThrow("not an empty folder")
    expect(() => stageFolder(join(folder, "file"))).toThrow("not an empty folder")
  })
})
