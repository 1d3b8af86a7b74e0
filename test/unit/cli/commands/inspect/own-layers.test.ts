import { expect, it } from "vitest"
import { Archive } from "../../../../../cli/image/archive.js"
import { readContents } from "../../../../../cli/image/contents/contents.js"
import { layerOrigins } from "../../../../../cli/image/contents/own-layers.js"
import { readSbomFacts } from "../../../../../cli/image/contents/sbom-facts.js"
import { layer, Layout, type LayerEntry } from "../../image/make-archive.js"

const file = (name: string): LayerEntry => ({ name, content: name })
const folder = (name: string, mode = 0o755): LayerEntry => ({ name, type: "directory", mode })

/** As Dagger writes an image: its history says nothing of the steps. */
async function imageOf(...layers: LayerEntry[][]): Promise<Archive> {
  const layout = new Layout()
  const specs = []
  for (const entries of layers) specs.push(await layer(...entries))
  return Archive.open(await layout.write(layout.addImage({ layers: specs })))
}

const base = [file("etc/passwd"), file("etc/group"), file("usr/bin/tool")]
const certificates = "etc/ssl/certs/ca-certificates.crt"
const system = [
  folder("app/", 0o1777),
  file("etc/passwd"),
  file("etc/group"),
  file(`./${certificates}`),
]

it.each<[string, LayerEntry[][], number]>([
  ["the one with the system files", [base, system, [file("app/server")]], 1],
  ["on a base of several layers", [base, [file("opt/x")], system, [file("app/server")]], 2],
  ["without a base", [system, [file("app/server")]], 0],
  ["no certificates", [base, system.slice(0, 3), [file("app/server")]], 0],
  ["a working directory of one user", [base, [folder("app"), ...system.slice(1)]], 0],
  ["not made by go-image", [base, [file("app/server")]], 0],
])("finds the first layer that is not of the base: %s", async (_, layers, first) => {
  expect((await readContents(await imageOf(...layers))).firstOwnLayer).toBe(first)
})

it("an SBOM names files that are not of the base", async () => {
  const image = await imageOf(base, system, [file("app/server"), file("app/page.html")])
  const { images } = await readSbomFacts(image, {})
  expect(images[0]?.files.map((each) => each.file).sort()).toEqual([
    "/app/page.html",
    "/app/server",
    "/etc/group",
    "/etc/passwd",
    `/${certificates}`,
  ])
})

it("packages of the operating system are neither the base's nor of a build", () => {
  const packages = "RUN /bin/sh /mnt/install.sh  day curl # buildkit"
  const system = "COPY /system/image / # buildkit"
  const history = ["base", packages, system, undefined]
  expect(layerOrigins(history, 2)).toEqual(["base", "OS packages", "own", "own"])
  expect(layerOrigins(history.slice(1), 1)).toEqual(["OS packages", "own", "own"])
  expect(layerOrigins(["base", "base"], 2)).toEqual(["base", "base"])
  expect(layerOrigins(["base"], 0)).toEqual(["own"])
})
