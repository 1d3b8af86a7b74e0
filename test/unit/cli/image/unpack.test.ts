import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"

import { beforeEach, describe, expect, it } from "vitest"

import { readImage } from "../../../../cli/image/image.js"
import { unpackImage } from "../../../../cli/image/unpack.js"
import { layer, temporaryFolder, writeImage, type LayerEntry } from "./make-archive.js"

let outside: string
let rootfs: string

beforeEach(() => {
  outside = temporaryFolder()
  rootfs = join(outside, "rootfs")
})

async function unpack(...layers: LayerEntry[][]): Promise<void> {
  const specs = await Promise.all(layers.map((entries) => layer(...entries)))
  await unpackImage(await readImage(await writeImage({ layers: specs })), rootfs)
}

function attributes(path: string) {
  const { mode, uid, gid } = lstatSync(join(rootfs, path))
  return { mode: mode & 0o7777, uid, gid }
}

describe.runIf(process.getuid?.() === 0)("an image is unpacked", () => {
  it("with contents, owners and modes", async () => {
    await unpack(
      [
        { name: "app/", type: "directory", mode: 0o2750, uid: 1000, gid: 1001 },
        { name: "app/run", content: "old", mode: 0o755 },
        { name: "app/secret", content: "s", mode: 0o400, uid: 1000 },
        { name: "app/empty", content: "" },
        { name: "usr/bin/su", content: "su", mode: 0o4755 },
      ],
      [{ name: "app/run", content: "new", mode: 0o700, uid: 5, gid: 6 }],
    )
    expect(attributes("app")).toEqual({ mode: 0o2750, uid: 1000, gid: 1001 })
    expect(attributes("app/run")).toEqual({ mode: 0o700, uid: 5, gid: 6 })
    expect(attributes("app/secret")).toEqual({ mode: 0o400, uid: 1000, gid: 0 })
    expect(attributes("usr/bin/su")).toEqual({ mode: 0o4755, uid: 0, gid: 0 })
    expect(readFileSync(join(rootfs, "app/run"), "utf8")).toBe("new")
    expect(readFileSync(join(rootfs, "app/empty"), "utf8")).toBe("")
  })

  it("with links of both kinds", async () => {
    await unpack([
      { name: "a", content: "a", mode: 0o604 },
      { name: "b", type: "link", linkname: "a" },
      { name: "c", type: "symlink", linkname: "/etc/passwd", uid: 12, gid: 13 },
    ])
    expect(lstatSync(join(rootfs, "b")).ino).toBe(lstatSync(join(rootfs, "a")).ino)
    expect(readlinkSync(join(rootfs, "c"))).toBe("/etc/passwd")
    expect(attributes("c")).toMatchObject({ uid: 12, gid: 13 })
  })

  it("without device nodes", async () => {
    await unpack([
      { name: "dev/null", type: "character-device" },
      { name: "x", content: "x" },
    ])
    expect(readdirSync(join(rootfs, "dev"))).toEqual([])
  })

  it("inside its folder, whatever its links say", async () => {
    await unpack(
      [
        { name: "up", type: "symlink", linkname: "../.." },
        { name: "up/escaped", content: "x" },
        { name: "absolute", type: "symlink", linkname: outside },
      ],
      [{ name: "absolute/escaped", content: "x" }],
    )
    expect(readdirSync(outside)).toEqual(["rootfs"])
    expect(readFileSync(join(rootfs, "escaped"), "utf8")).toBe("x")
    expect(readFileSync(join(rootfs, outside, "escaped"), "utf8")).toBe("x")
  })

  it("only into an empty folder", async () => {
    mkdirSync(rootfs)
    writeFileSync(join(rootfs, "mine"), "")
    await expect(unpack([{ name: "a", content: "" }])).rejects.toThrow(`${rootfs} is not empty`)
    expect(readdirSync(rootfs)).toEqual(["mine"])
  })
})
