import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs"
import { join } from "node:path"

import { beforeEach, describe, expect, it } from "vitest"

import { Archive } from "../../../../cli/image/archive.js"
import { chooseManifest } from "../../../../cli/image/manifest.js"
import { unpackLayer } from "../../../../cli/image/unpack.js"
import { layer, temporaryFolder, writeImage, type LayerEntry } from "./make-archive.js"

let outside: string

beforeEach(() => {
  outside = temporaryFolder()
})

/** Gives the folder of the highest layer. */
async function unpack(...layers: LayerEntry[][]): Promise<string> {
  const specs = await Promise.all(layers.map((entries) => layer(...entries)))
  const store = await Archive.open(await writeImage({ layers: specs }))
  const { manifest } = await chooseManifest(store)
  const folders: string[] = []
  for (const [index, each] of manifest.layers.entries()) {
    const folder = join(outside, `layer-${index}`)
    await unpackLayer(store, each, folder, folders)
    folders.push(folder)
  }
  return folders.at(-1) ?? ""
}

function attributes(path: string) {
  const { mode, uid, gid } = lstatSync(path)
  return { mode: mode & 0o7777, uid, gid }
}

describe.runIf(process.getuid?.() === 0)("a layer is unpacked", () => {
  it("with contents, owners and modes", async () => {
    const folder = await unpack([
      { name: "app/", type: "directory", mode: 0o2750, uid: 1000, gid: 1001 },
      { name: "app/run", content: "new", mode: 0o700, uid: 5, gid: 6 },
      { name: "app/secret", content: "s", mode: 0o400, uid: 1000 },
      { name: "app/empty", content: "" },
      { name: "usr/bin/su", content: "su", mode: 0o4755 },
    ])
    expect(attributes(join(folder, "app"))).toEqual({ mode: 0o2750, uid: 1000, gid: 1001 })
    expect(attributes(join(folder, "app/run"))).toEqual({ mode: 0o700, uid: 5, gid: 6 })
    expect(attributes(join(folder, "app/secret"))).toEqual({ mode: 0o400, uid: 1000, gid: 0 })
    expect(attributes(join(folder, "usr/bin/su"))).toEqual({ mode: 0o4755, uid: 0, gid: 0 })
    expect(readFileSync(join(folder, "app/run"), "utf8")).toBe("new")
    expect(readFileSync(join(folder, "app/empty"), "utf8")).toBe("")
  })

  it("with links of both kinds", async () => {
    const folder = await unpack([
      { name: "a", content: "a", mode: 0o604 },
      { name: "b", type: "link", linkname: "a" },
      { name: "c", type: "symlink", linkname: "/etc/passwd", uid: 12, gid: 13 },
    ])
    expect(lstatSync(join(folder, "b")).ino).toBe(lstatSync(join(folder, "a")).ino)
    expect(readlinkSync(join(folder, "c"))).toBe("/etc/passwd")
    expect(attributes(join(folder, "c"))).toMatchObject({ uid: 12, gid: 13 })
  })

  it("with the attributes that layers below give a folder which it only has something in", async () => {
    const folder = await unpack(
      [
        { name: "tmp/", type: "directory", mode: 0o1777 },
        { name: "data/", type: "directory", mode: 0o700, uid: 7, gid: 8 },
      ],
      [{ name: "data/x", content: "" }],
      [
        { name: "tmp/y", content: "" },
        { name: "data/z", content: "" },
        { name: "new/z", content: "" },
      ],
    )
    expect(attributes(join(folder, "tmp"))).toEqual({ mode: 0o1777, uid: 0, gid: 0 })
    expect(attributes(join(folder, "data"))).toEqual({ mode: 0o700, uid: 7, gid: 8 })
    expect(attributes(join(folder, "new"))).toEqual({ mode: 0o755, uid: 0, gid: 0 })
  })

  it("with devices in the place of what it removes, and never of what it brings", async () => {
    const folder = await unpack(
      [
        { name: "gone", content: "" },
        { name: "replaced", content: "below" },
        { name: "emptied/a", content: "" },
        { name: "emptied/b", content: "" },
      ],
      [
        { name: ".wh.gone", content: "" },
        { name: ".wh.replaced", content: "" },
        { name: "replaced", content: "above" },
        { name: "emptied/.wh..wh..opq", content: "" },
        { name: "emptied/b", content: "" },
      ],
    )
    const devices = ["gone", "emptied/a"].map((path) => lstatSync(join(folder, path)))
    expect(devices.map((each) => [each.isCharacterDevice(), each.rdev])).toEqual([
      [true, 0],
      [true, 0],
    ])
    expect(readFileSync(join(folder, "replaced"), "utf8")).toBe("above")
    expect(readdirSync(join(folder, "emptied")).sort()).toEqual(["a", "b"])
    expect(readdirSync(folder).sort()).toEqual(["emptied", "gone", "replaced"])
  })

  const hostile: { title: string; entries: LayerEntry[]; message: RegExp }[] = [
    {
      title: "a name with ..",
      entries: [{ name: "../escaped", content: "x" }],
      message: /unsafe path|'\.\.'/,
    },
    {
      title: "a file behind its own link to elsewhere",
      entries: [
        { name: "up", type: "symlink", linkname: "../target" },
        { name: "up/escaped", content: "x" },
      ],
      message: /cannot be unpacked/,
    },
    {
      title: "something removed behind its own link to elsewhere",
      entries: [
        { name: "up", type: "symlink", linkname: "../target" },
        { name: "up/.wh.escaped", content: "x" },
      ],
      message: /cannot be unpacked|behind its own link up/,
    },
  ]
  for (const { title, entries, message } of hostile) {
    it(`inside its folder: not with ${title}`, async () => {
      mkdirSync(join(outside, "target"))
      await expect(unpack(entries)).rejects.toThrow(message)
      expect(readdirSync(outside).sort()).toEqual(["layer-0", "target"])
      expect(readdirSync(join(outside, "target"))).toEqual([])
    })
  }

  it("whole, or with the reason why it is not", async () => {
    const broken = { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip" }
    const bytes = Buffer.concat([(await layer({ name: "a", content: "x" })).bytes.subarray(0, 60)])
    const store = await Archive.open(await writeImage({ layers: [{ ...broken, bytes }] }))
    const { manifest } = await chooseManifest(store)
    await expect(
      unpackLayer(store, manifest.layers[0]!, join(outside, "layer"), []),
    ).rejects.toThrow(/cannot be (?:unpacked|read)/)
  })
})
