import { describe, expect, it } from "vitest"

import { readImage } from "../../../read-image.js"
import { layer, writeImage, type LayerEntry } from "./make-archive.js"

const file = (name: string, content = ""): LayerEntry => ({ name, content })
const folder = (name: string, header = {}): LayerEntry => ({ name, type: "directory", ...header })
const symlink = (name: string, linkname: string): LayerEntry => ({
  name,
  type: "symlink",
  linkname,
})
const hardLink = (name: string, linkname: string): LayerEntry => ({ name, type: "link", linkname })

describe("layers merge", () => {
  const cases: { title: string; layers: LayerEntry[][]; paths: string[] }[] = [
    {
      title: "a layer adds to the ones below",
      layers: [[folder("etc/"), file("etc/a")], [file("etc/b")]],
      paths: ["/etc", "/etc/a", "/etc/b"],
    },
    {
      title: "names may start with ./ or /, and folders may be implied",
      layers: [[folder("./"), file("./etc/a")], [file("/opt/tool/b")]],
      paths: ["/etc", "/etc/a", "/opt", "/opt/tool", "/opt/tool/b"],
    },
    {
      title: "a whiteout removes a file",
      layers: [[file("a"), file("b")], [file(".wh.a")]],
      paths: ["/b"],
    },
    {
      title: "a whiteout removes a folder with all that it holds",
      layers: [[file("usr/share/doc/x/copyright"), file("usr/bin/x")], [file("usr/.wh.share")]],
      paths: ["/usr", "/usr/bin", "/usr/bin/x"],
    },
    {
      title: "a whiteout of what does not exist is harmless",
      layers: [[file("a")], [file("no/such/.wh.b"), file("a/.wh.c")]],
      paths: ["/a"],
    },
    {
      title: "a whiteout does not hide what its own layer brings, in either order",
      layers: [
        [file("a"), file("b")],
        [file("a"), file(".wh.a"), file(".wh.b"), file("b")],
      ],
      paths: ["/a", "/b"],
    },
    {
      title: "an opaque folder hides all from below, and nothing of its own layer",
      layers: [
        [file("var/old/x"), file("var/keep")],
        [folder("var/"), file("var/new"), file("var/.wh..wh..opq")],
      ],
      paths: ["/var", "/var/new"],
    },
    {
      title: "what was removed can come back",
      layers: [[file("a/x"), file("a/y")], [file(".wh.a")], [file("a/z")]],
      paths: ["/a", "/a/z"],
    },
    {
      title: "a file takes the place of a folder",
      layers: [[file("a/x")], [file("a")]],
      paths: ["/a"],
    },
    {
      title: "a folder takes the place of a file",
      layers: [[file("a")], [folder("a/"), file("a/x")]],
      paths: ["/a", "/a/x"],
    },
    {
      title: "what lies under a linked folder lands in the folder itself",
      layers: [[folder("usr/lib/"), symlink("lib", "usr/lib")], [file("lib/x")]],
      paths: ["/lib", "/usr", "/usr/lib", "/usr/lib/x"],
    },
    {
      title: "links that lead above the root stay inside",
      layers: [[symlink("out", "../../../etc"), file("out/x")]],
      paths: ["/etc", "/etc/x", "/out"],
    },
  ]
  for (const { title, layers, paths } of cases) {
    it(title, async () => {
      const image = await readImage(
        await writeImage({ layers: await Promise.all(layers.map((entries) => layer(...entries))) }),
      )
      expect([...image.files.keys()]).toEqual(paths)
    })
  }

  it("a folder's later owner and mode win, and what it holds stays", async () => {
    const image = await readImage(
      await writeImage({
        layers: [
          await layer(folder("app/", { mode: 0o755 }), file("app/a")),
          await layer(folder("app/", { mode: 0o2770, uid: 1000, gid: 1001 })),
        ],
      }),
    )
    expect(image.files.get("/app")).toMatchObject({
      type: "directory",
      mode: 0o2770,
      uid: 1000,
      gid: 1001,
      layer: 1,
    })
    expect(image.files.has("/app/a")).toBe(true)
  })

  it("hard links are the file that they link, also when it changes above", async () => {
    const image = await readImage(
      await writeImage({
        layers: [
          await layer({ name: "a", content: "one", mode: 0o640, uid: 7 }, hardLink("b", "./a")),
          await layer(hardLink("c", "a")),
          await layer(file("a", "two")),
        ],
      }),
    )
    const content = async (path: string) => (await image.readFile(path)).toString()
    expect(image.files.get("/b")).toMatchObject({ type: "file", mode: 0o640, uid: 7, size: 3 })
    expect([await content("/a"), await content("/b"), await content("/c")]).toEqual([
      "two",
      "one",
      "one",
    ])
  })

  it("keeps links and special files as what they are", async () => {
    const image = await readImage(
      await writeImage({
        layers: [
          await layer(symlink("sh", "/bin/dash"), { name: "null", type: "character-device" }),
        ],
      }),
    )
    expect(image.files.get("/sh")).toMatchObject({ type: "symlink", linkTarget: "/bin/dash" })
    expect(image.files.get("/null")).toMatchObject({ type: "character-device" })
  })
})

describe("layers that cannot be merged", () => {
  const cases: { title: string; entries: LayerEntry[]; message: string }[] = [
    { title: "a path with ..", entries: [file("a/../../x")], message: "unsafe path" },
    {
      title: "a hard link with ..",
      entries: [hardLink("x", "../etc/shadow")],
      message: "unsafe path",
    },
    {
      title: "a whiteout with ..",
      entries: [file("../.wh.x")],
      message: "unsafe path",
    },
    {
      title: "a hard link to nothing",
      entries: [hardLink("x", "missing")],
      message: "x is a hard link to missing, which is missing",
    },
    {
      title: "something inside a file",
      entries: [file("a"), file("a/b")],
      message: "/a is not a folder",
    },
    {
      title: "links in a circle",
      entries: [symlink("a", "b"), symlink("b", "a"), file("a/x")],
      message: "too many links",
    },
  ]
  for (const { title, entries, message } of cases) {
    it(title, async () => {
      const path = await writeImage({ layers: [await layer(...entries)] })
      await expect(readImage(path)).rejects.toThrow(message)
    })
  }
})
