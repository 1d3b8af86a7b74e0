import { mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { isOwnArchive, ownPatterns } from "../../../../cli/source/own-files.js"
import { archiveMark } from "../../../../cli/image/archive-mark.js"
import { matchPatterns } from "../../../../src/patterns/patterns.js"
import { tarOf } from "../image/make-archive.js"
import { temporaryFolder } from "../temporary.js"

let source: string

beforeEach(() => {
  source = temporaryFolder()
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
})

afterEach(() => {
  vi.unstubAllEnvs()
})

function write(path: string, content: string | Buffer = ""): void {
  mkdirSync(join(source, path, ".."), { recursive: true })
  writeFileSync(join(source, path), content)
}

const files = async (output?: string) => {
  const { files } = await new LocalSource(source, ownPatterns(source, output)).survey()
  return files
}

const mark = async () => tarOf([{ name: "blobs/sha256/a", content: "a", gname: archiveMark }])

describe("what this program writes is no part of the source:", () => {
  it("the output, wherever it is, and what a killed build left", async () => {
    write("main.go")
    write("dist/app.tar")
    write("dist/other.tar")
    write("app.oci.tar")
    write(".go-image-123-45-abc/output")
    write("deep/.go-image-123-45-abc/output")
    write("data/fixture.oci.tar")
    expect(await files(join(source, "dist/app.tar"))).toEqual([
      "data/fixture.oci.tar",
      "dist/other.tar",
      "main.go",
    ])
  })

  it("an earlier archive under any name, which another program's is not", async () => {
    write("old.tar", await mark())
    write("deep/older.tar", await mark())
    write("other.tar", await tarOf([{ name: "blobs/sha256/a", content: "a" }]))
    write("empty.tar")
    const local = new LocalSource(source, ownPatterns(source, undefined))
    expect((await local.survey()).files).toEqual(["empty.tar", "other.tar"])
    // A folder of nothing else is not sent either.
    expect((await local.neverSent()).slice(-3)).toEqual(["deep", "deep/older.tar", "old.tar"])
  })

  it("a cache and temporary files that are in it", () => {
    vi.stubEnv("XDG_CACHE_HOME", join(source, ".cache"))
    vi.stubEnv("TMPDIR", join(source, "tmp"))
    const isOwn = matchPatterns(ownPatterns(source, undefined))
    expect(isOwn(".cache/go-image/tools/buildkitd")).toBe(true)
    expect(isOwn("tmp/go-image-1-2-abc/Dockerfile")).toBe(true)
    expect(isOwn(".cache/other")).toBe(false)
    expect(isOwn("tmp/other")).toBe(false)
  })

  it("an output that is named by way of a link, or with signs of patterns", async () => {
    write("out/a[1]*.tar")
    write("out/a1.tar")
    const link = join(temporaryFolder(), "link")
    symlinkSync(source, link)
    expect(await files(join(link, "out/a[1]*.tar"))).toEqual(["out/a1.tar"])
  })

  it("the folder of an output alone, before and after it is written", async () => {
    const output = join(source, "dist/app.tar")
    const sent = async () => new LocalSource(source, ownPatterns(source, output)).neverSent()
    mkdirSync(join(source, "dist"))
    const before = await sent()
    expect(matchPatterns(before)("dist")).toBe(true)
    write("dist/app.tar")
    expect(await sent()).toEqual(before)
    write("dist/other")
    expect(matchPatterns(await sent())("dist")).toBe(false)
  })

  it("and nothing outside of it is named", () => {
    const patterns = ownPatterns(source, join(source, "../elsewhere.tar"))
    expect(patterns).toEqual(["**/.go-image-[0-9]*", "*.oci.tar"])
  })
})

it("only an archive is one of ours", async () => {
  expect(isOwnArchive(join(source, "missing"))).toBe(false)
  write("a.tar", await mark())
  expect(isOwnArchive(join(source, "a.tar"))).toBe(true)
  write("longer.tar", Buffer.concat([await mark(), Buffer.from("x")]))
  expect(isOwnArchive(join(source, "longer.tar"))).toBe(false)
  write("empty.tar", "")
  expect(isOwnArchive(join(source, "empty.tar"))).toBe(false)
})
