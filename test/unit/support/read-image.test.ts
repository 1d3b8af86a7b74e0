import { spawnSync } from "node:child_process"
import * as zlib from "node:zlib"

import { afterEach, describe, expect, it, vi } from "vitest"

import { readImage } from "../../read-image.js"
import {
  layer,
  Layout,
  tarOf,
  temporaryFolder,
  writeImage,
  type LayerEntry,
} from "../cli/image/make-archive.js"

const tar = "application/vnd.oci.image.layer.v1.tar"
const hello: LayerEntry = { name: "app/hello", content: "hello\n", mode: 0o755, uid: 1000 }

afterEach(() => vi.unstubAllEnvs())

describe("an image", () => {
  it("has its digest, configuration and layers", async () => {
    const layout = new Layout()
    const run = { User: "1000:1000", Entrypoint: ["/app/hello"], Env: ["PORT=8080"] }
    const descriptor = layout.addImage({ layers: [await layer(hello)], run })
    const image = await readImage(await layout.write(descriptor))
    expect(image.digest).toBe(descriptor.digest)
    expect(image.config).toMatchObject({ os: "linux", architecture: "amd64" })
    expect(image.run).toEqual(run)
    expect(image.layers).toHaveLength(1)
  })

  it("may have no run configuration", async () => {
    const image = await readImage(await writeImage({ layers: [] }))
    expect(image.run).toEqual({})
    expect(image.files.size).toBe(0)
  })

  const plain = (bytes: Buffer) => bytes
  const zstd = (bytes: Buffer) => spawnSync("zstd", ["-c"], { input: bytes }).stdout
  const withoutZstd = spawnSync("zstd", ["--version"]).error !== undefined
  const compressions = [
    { mediaType: tar, compress: plain },
    { mediaType: "application/vnd.docker.image.rootfs.diff.tar", compress: plain },
    { mediaType: `${tar}+zstd`, compress: zstd, skip: withoutZstd },
  ]
  for (const { mediaType, compress, skip = false } of compressions) {
    it.skipIf(skip)(`is read with layers of type ${mediaType}`, async () => {
      const bytes = compress(await tarOf([hello]))
      const image = await readImage(await writeImage({ layers: [{ mediaType, bytes }] }))
      expect(image.files.get("/app/hello")).toMatchObject({ mode: 0o755, uid: 1000, size: 6 })
      expect((await image.readFile("/app/hello")).toString()).toBe("hello\n")
    })
  }

  it("is read with contents that are larger than any buffer on the way", async () => {
    const content = Buffer.alloc(5_000_000, "0123456789abcdef")
    const image = await readImage(
      await writeImage({ layers: [await layer({ name: "large", content }, hello)] }),
    )
    expect((await image.readFile("/large")).equals(content)).toBe(true)
  })

  it("gives files through symbolic links, and says why it cannot", async () => {
    const image = await readImage(
      await writeImage({
        layers: [
          await layer(
            hello,
            { name: "bin/hi", type: "symlink", linkname: "../current/hello" },
            { name: "current", type: "symlink", linkname: "/app" },
          ),
        ],
      }),
    )
    expect((await image.readFile("/bin/hi")).toString()).toBe("hello\n")
    await expect(image.readFile("/bin/none")).rejects.toThrow("the image has no /bin/none")
    await expect(image.readFile("/app")).rejects.toThrow("/app is a directory in the image")
  })
})

describe("an archive with several images", () => {
  async function multiPlatform(nested: boolean): Promise<string> {
    const layout = new Layout()
    const manifests = []
    for (const platform of ["linux/amd64", "linux/arm64", "linux/arm/v6", "linux/arm/v7"]) {
      const entry = { name: "platform", content: platform }
      manifests.push(layout.addImage({ platform, layers: [await layer(entry)] }))
    }
    // What BuildKit adds for provenance; its blob is absent to show that it is not looked at.
    manifests.push({
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: `sha256:${"0".repeat(64)}`,
      size: 1,
      platform: { os: "unknown", architecture: "unknown" },
      annotations: { "vnd.docker.reference.type": "attestation-manifest" },
    })
    return nested ? layout.write(layout.addIndex(manifests)) : layout.write(...manifests)
  }

  for (const nested of [false, true]) {
    for (const platform of ["linux/arm64", "linux/arm/v7"]) {
      it(`gives the one for ${platform}${nested ? " of an index in the index" : ""}`, async () => {
        const image = await readImage(await multiPlatform(nested), { platform })
        expect((await image.readFile("/platform")).toString()).toBe(platform)
      })
    }
  }

  it("gives the one that runs here when no platform is asked for", async () => {
    const image = await readImage(await multiPlatform(true))
    expect(image.config.architecture).toBe(process.arch === "x64" ? "amd64" : process.arch)
  })

  it("lists the platforms when the one asked for is missing", async () => {
    await expect(
      readImage(await multiPlatform(true), { platform: "windows/amd64" }),
    ).rejects.toThrow(
      /no image for windows\/amd64\n.*linux\/amd64, linux\/arm64, linux\/arm\/v6, linux\/arm\/v7/,
    )
  })

  it("takes the same image under two names as one", async () => {
    const layout = new Layout()
    const image = layout.addImage({ layers: [await layer(hello)], platform: "linux/s390x" })
    await expect(readImage(await layout.write(image, image))).resolves.toMatchObject({
      config: { architecture: "s390x" },
    })
  })
})

describe("without zstd", () => {
  it.skipIf("createZstdDecompress" in zlib)("says what to install", async () => {
    vi.stubEnv("PATH", temporaryFolder())
    const layers = [{ mediaType: `${tar}+zstd`, bytes: Buffer.from("any") }]
    const path = await writeImage({ layers })
    await expect(readImage(path)).rejects.toThrow("apt-get install zstd")
  })
})
