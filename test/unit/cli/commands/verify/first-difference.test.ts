import { expect, it } from "vitest"
import { gzipSync, gunzipSync } from "node:zlib"
import { Archive } from "../../../../../cli/image/archive.js"
import { chooseManifest } from "../../../../../cli/image/manifest.js"
import { firstDifference } from "../../../../../cli/commands/verify/first-difference.js"
import { layer, writeImage, type ImageSpec, type LayerEntry } from "../../image/make-archive.js"

const mtime = new Date(0)
const entry = (name: string, content = "", header: Partial<LayerEntry> = {}): LayerEntry => ({
  name,
  content,
  mtime,
  mode: 0o644,
  ...header,
})

async function imageOf(spec: ImageSpec) {
  const store = await Archive.open(await writeImage(spec))
  return { store, chosen: await chooseManifest(store) }
}

async function differenceOf(before: LayerEntry[][], after: LayerEntry[][]) {
  const spec = async (layers: LayerEntry[][]) => ({
    layers: await Promise.all(layers.map((entries) => layer(...entries))),
  })
  return firstDifference(await imageOf(await spec(before)), await imageOf(await spec(after)))
}

const base = [entry("etc/os-release", "Debian")]

it.each<[string, LayerEntry[][], LayerEntry[][], object]>([
  [
    "a byte",
    [base, [entry("app/a", "same"), entry("app/b", "abc"), entry("app/c", "x")]],
    [base, [entry("app/a", "same"), entry("app/b", "abd"), entry("app/c", "y")]],
    { layer: 2, file: "/app/b", what: "byte 2: 0x63, here 0x64" },
  ],
  [
    "a file that ends earlier",
    [[entry("a", "abc")]],
    [[entry("a", "ab")]],
    { layer: 1, file: "/a", what: "byte 2: 0x63, here the end" },
  ],
  [
    "the mode",
    [[entry("./a", "x", { mode: 0o755 })]],
    [[entry("./a", "x", { mode: 0o700 })]],
    { layer: 1, file: "/a", what: "mode 755, here 700" },
  ],
  [
    "the time",
    [[entry("a", "x")]],
    [[entry("a", "x", { mtime: new Date("2025-03-01T09:30:00Z") })]],
    { layer: 1, file: "/a", what: "mtime 1970-01-01T00:00:00.000Z, here 2025-03-01T09:30:00.000Z" },
  ],
  [
    "the owner",
    [[entry("a", "x", { uid: 1000 })]],
    [[entry("a", "x")]],
    { layer: 1, file: "/a", what: "uid 1000, here 0" },
  ],
  [
    "where a link leads",
    [[entry("a", "", { type: "symlink", linkname: "b" })]],
    [[entry("a", "", { type: "symlink", linkname: "c" })]],
    { layer: 1, file: "/a", what: "linkname b, here c" },
  ],
  [
    "a file that is not there",
    [[entry("a"), entry("b")]],
    [[entry("a")]],
    { layer: 1, file: "/b", what: "only the image has it" },
  ],
  [
    "a file that is only there",
    [[entry("a")]],
    [[entry("a"), entry("b")]],
    { layer: 1, file: "/b", what: "the image lacks it" },
  ],
  [
    "a file in the middle",
    [[entry("a"), entry("b"), entry("c")]],
    [[entry("a"), entry("c")]],
    { layer: 1, file: "/b", what: "here /c is in its place" },
  ],
  ["a layer", [base, [entry("a")]], [base], { layer: 2, what: "only the image has it" }],
  ["a further layer", [base], [base, [entry("a")]], { layer: 2, what: "the image lacks it" }],
])("of images that differ in %s, that is told", async (_, before, after, expected) => {
  expect(await differenceOf(before, after)).toEqual(expected)
})

it("the same files, compressed in another way, are the same files", async () => {
  const one = await layer(entry("a", "x".repeat(1000)))
  const other = { ...one, bytes: gzipSync(gunzipSync(one.bytes), { level: 1 }) }
  const difference = await firstDifference(
    await imageOf({ layers: [one] }),
    await imageOf({ layers: [other] }),
  )
  expect(difference).toEqual({
    what: "the same files and configuration, with layers compressed in another way",
  })
})

it("the configuration comes after the layers", async () => {
  const layers = [await layer(entry("a"))]
  const difference = await firstDifference(
    await imageOf({ layers, run: { User: "1000" } }),
    await imageOf({ layers }),
  )
  expect(difference).toEqual({ what: "layers are the same, and the configuration is not" })
})
