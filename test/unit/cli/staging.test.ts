import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { stageFile, stageFolder } from "../../../cli/engine/staging.js"
import { temporaryFolder } from "./temporary.js"

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

  it("removes what killed processes left, and nothing of those that live", () => {
    const folder = temporaryFolder()
    const alive = stageFile(join(folder, "image.tar"))
    // No process has an id above 2^22.
    const dead = alive.folder.replace(`-${process.pid}-`, "-99999999-")
    const elsewhere = join(folder, ".go-image-123-99999999-abcdef")
    mkdirSync(dead)
    mkdirSync(elsewhere)
    stageFile(join(folder, "image.tar")).discard()
    expect([alive.folder, dead, elsewhere].map((path) => existsSync(path))).toEqual([
      ...[true, false, true],
    ])
  })

  it("refuses a folder", () => {
    expect(() => stageFile(temporaryFolder())).toThrow("the output is a folder")
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
