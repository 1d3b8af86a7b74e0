import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { buildctlEngine } from "../../../../../cli/engine/client/buildctl.js"
import { linkImage } from "../../../../../cli/engine/embedded/content-store.js"
import type { BuildRequest } from "../../../../../cli/engine/engine.js"
import { Archive } from "../../../../../cli/image/archive.js"
import { blobName } from "../../../../../cli/image/layout.js"
import type { Descriptor } from "../../../../../cli/image/oci.js"
import { putImage } from "../../image/make-layout.js"
import { temporaryFolder } from "../../temporary.js"

let state: string
let store: string
let layout: string

beforeEach(() => {
  state = temporaryFolder()
  // As on a machine where overlayfs was not to be had at first.
  mkdirSync(join(state, "runc-native/content/blobs/sha256"), { recursive: true })
  store = join(state, "runc-overlayfs/content")
  layout = join(temporaryFolder(), "layout")
})

function readIndex(): { manifests: Descriptor[] } {
  return JSON.parse(readFileSync(join(layout, "index.json"), "utf8")) as { manifests: Descriptor[] }
}

describe("linkImage", () => {
  it("makes a layout of the blobs that are there, without a copy of them", () => {
    const image = putImage(store, ["base", "program"], 1)
    putImage(store, "of another image")
    expect(linkImage(image, [], { state, layout })).toBe(true)
    const blobs = readdirSync(join(layout, "blobs/sha256"))
    expect(blobs).toHaveLength(5)
    for (const name of blobs.map((hex) => `blobs/sha256/${hex}`)) {
      expect(statSync(join(layout, name)).ino).toBe(statSync(join(store, name)).ino)
    }
    expect(readFileSync(join(layout, "oci-layout"), "utf8")).toBe('{"imageLayoutVersion":"1.0.0"}')
    expect(readIndex()).toEqual({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.index.v1+json",
      manifests: [{ ...image, annotations: { "org.opencontainers.image.ref.name": "latest" } }],
    })
  })

  it("adds what an earlier image lacks, and lists the new one alone", () => {
    linkImage(putImage(store, ["base", "old"]), [], { state, layout })
    const image = putImage(store, ["base", "new"])
    linkImage(image, [], { state, layout })
    expect(readIndex().manifests.map(({ digest }) => digest)).toEqual([image.digest])
    expect(existsSync(join(layout, blobName(image.digest)))).toBe(true)
  })

  it("lists it under each of its names, as Docker and containerd read them", () => {
    const tags = ["app", "registry.example.com:5000/team/app:v1"]
    linkImage(putImage(store, "layer"), tags, { state, layout })
    expect(readIndex().manifests.map(({ annotations }) => annotations)).toEqual([
      {
        "io.containerd.image.name": "docker.io/library/app:latest",
        "org.opencontainers.image.ref.name": "latest",
      },
      {
        "io.containerd.image.name": "registry.example.com:5000/team/app:v1",
        "org.opencontainers.image.ref.name": "v1",
      },
    ])
  })

  it.each(["the image", "a layer"])("says that %s is gone, and lists nothing", (what) => {
    const image = putImage(store, "layer")
    const gone = what === "the image" ? image.digest : layerOf(image)
    rmSync(join(store, blobName(gone)))
    expect(linkImage(image, [], { state, layout })).toBe(false)
    expect(existsSync(join(layout, "index.json"))).toBe(false)
  })
})

function layerOf(image: Descriptor): string {
  const manifest = JSON.parse(readFileSync(join(store, blobName(image.digest)), "utf8")) as {
    layers: Descriptor[]
  }
  return manifest.layers[0]!.digest
}

/** Says what it is asked, and then has built the image. */
const buildctl = `#!/bin/bash
echo "$*" >>"$CALLS"
for argument; do case $argument in */metadata.json) printf %s "$METADATA" >"$argument" ;; esac; done
case $* in *tar=false*) cp -rT "$EXPORTED" layout ;; esac
`

describe("an archive by buildctl", () => {
  let image: Descriptor

  function engine(options: { state?: string }) {
    const folder = temporaryFolder()
    const program = join(folder, "buildctl")
    writeFileSync(program, buildctl, { mode: 0o755 })
    const exported = join(folder, "exported")
    image = putImage(store, "layer")
    putImage(exported, "layer")
    writeFileSync(join(exported, "oci-layout"), "{}")
    writeFileSync(join(exported, "index.json"), JSON.stringify({ manifests: [image] }))
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"))
    vi.stubEnv("CALLS", join(folder, "calls"))
    vi.stubEnv("EXPORTED", exported)
    vi.stubEnv("METADATA", JSON.stringify({ "containerimage.descriptor": image }))
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const path = join(folder, "image.tar")
    const request: BuildRequest = {
      dockerfile: "FROM scratch\n",
      context: "/project",
      ignore: [],
      layouts: {},
      output: { type: "oci", path, tags: [] },
      onProgress: () => undefined,
    }
    const built = buildctlEngine({
      ...{
        name: "BuildKit",
        embedded: true,
        versions: ["0.26.3"],
        program,
        address: "unix:///socket",
        extra: [],
      },
      ...{ buildArgs: {}, close: () => Promise.resolve(), ...options },
    })
    return {
      build: (asked?: Partial<BuildRequest>) => built.build({ ...request, ...asked }),
      calls: () => readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n"),
      archive: () => Archive.open(path),
    }
  }

  it("is made of what is on this disk, where that is ours", async () => {
    const { build, calls, archive } = engine({ state })
    await build()
    expect(calls()).toHaveLength(1)
    expect(calls()[0]).toMatch(
      / --output type=image,oci-mediatypes=true,compression-level=1(?: |$)/,
    )
    expect(await (await archive()).document(image)).toHaveProperty("layers")
  })

  it("is sent where BuildKit has lost a part of it", async () => {
    const { build, calls, archive } = engine({ state })
    rmSync(join(store, blobName(layerOf(image))))
    await build()
    expect(calls()).toHaveLength(2)
    expect(calls()[1]).toMatch(
      / --output type=oci,tar=false,dest=layout,oci-mediatypes=true,compression-level=1(?: |$)/,
    )
    expect(await (await archive()).document(image)).toHaveProperty("layers")
  })

  it.each([
    ["by a BuildKit elsewhere", false, {}],
    // Layers that a registry has need not be on this disk.
    [
      "where a cache is imported",
      true,
      { cacheFrom: [{ type: "registry", attributes: { ref: "registry.example.com/cache" } }] },
    ],
  ])("is sent %s", async (_, ours, asked) => {
    const { build, calls, archive } = engine(ours ? { state } : {})
    await build(asked)
    expect(calls()).toHaveLength(1)
    expect(calls()[0]).toContain(" --output type=oci,tar=false,dest=layout")
    expect(await (await archive()).document(image)).toHaveProperty("layers")
  })
})
