import { readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"

import { describe, expect, it } from "vitest"

import { readImage } from "../../../read-image.js"
import { UserError } from "../../../../src/errors.js"
import { layer, Layout, tarOf, temporaryFolder, writeImage } from "./make-archive.js"

const hello = { name: "hello", content: "hello\n" }

function fileWith(bytes: Buffer | string): string {
  const path = join(temporaryFolder(), "image.tar")
  writeFileSync(path, bytes)
  return path
}

async function withoutLayer(): Promise<string> {
  const layout = new Layout()
  const spec = await layer(hello)
  const image = layout.addImage({ layers: [spec] })
  layout.files.delete(`blobs/${layout.add("", spec.bytes).digest.replace(":", "/")}`)
  return layout.write(image)
}

async function withChangedLayer(): Promise<string> {
  const layout = new Layout()
  const spec = await layer(hello)
  const image = layout.addImage({ layers: [spec] })
  const other = await layer({ ...hello, content: "HELLO\n" })
  layout.files.set(`blobs/${layout.add("", spec.bytes).digest.replace(":", "/")}`, other.bytes)
  return layout.write(image)
}

async function withBrokenLayer(mediaType: string): Promise<string> {
  return writeImage({ layers: [{ mediaType, bytes: Buffer.from("neither tar nor compressed") }] })
}

async function truncated(): Promise<string> {
  const path = await writeImage({ layers: [await layer(hello)] })
  truncateSync(path, readFileSync(path).length - 2000)
  return path
}

async function withIndex(content: string): Promise<string> {
  return fileWith(await tarOf([{ name: "index.json", content }]))
}

const tar = "application/vnd.oci.image.layer.v1.tar"

const cases: { title: string; make: () => string | Promise<string>; message: string | RegExp }[] = [
  { title: "a path that does not exist", make: () => "/no/such.tar", message: "does not exist" },
  { title: "a folder", make: temporaryFolder, message: "is a folder, not an OCI image archive" },
  { title: "a text", make: () => fileWith("x".repeat(4096)), message: "not a readable tar file" },
  { title: "an empty file", make: () => fileWith(""), message: "it has no index.json" },
  {
    title: "a compressed tar",
    make: async () => fileWith(gzipSync(await tarOf([{ ...hello, content: "x".repeat(9999) }]))),
    message: "not a readable tar file",
  },
  {
    title: "another tar",
    make: async () => fileWith(await tarOf([hello])),
    message: "it has no index.json",
  },
  { title: "a tar that ends early", make: truncated, message: "not a readable tar file" },
  { title: "an index that is not JSON", make: () => withIndex("{"), message: "is not JSON" },
  { title: "an index without manifests", make: () => withIndex("null"), message: "no manifests" },
  {
    title: "an index that is too large",
    make: () => withIndex(" ".repeat(16 * 1024 * 1024 + 1)),
    message: "too large",
  },
  { title: "no image at all", make: () => new Layout().write(), message: "holds no image" },
  {
    title: "an absent blob",
    make: withoutLayer,
    message: /is incomplete: it has no blob sha256:[0-9a-f]{64}$/,
  },
  {
    title: "a changed blob",
    make: withChangedLayer,
    message: /is damaged: the content of sha256:/,
  },
  {
    title: "an unsafe digest",
    make: () => {
      const descriptor = { mediaType: tar, digest: "sha256:../../index.json", size: 1 }
      return new Layout().write(descriptor)
    },
    message: "unsupported digest",
  },
  { title: "a layer that is no tar", make: () => withBrokenLayer(tar), message: "cannot be read" },
  {
    title: "a layer that is not gzip",
    make: () => withBrokenLayer(`${tar}+gzip`),
    message: "cannot be read",
  },
  {
    title: "a layer that is not zstd",
    make: () => withBrokenLayer(`${tar}+zstd`),
    message: "cannot be read",
  },
  {
    title: "a layer of an unknown type",
    make: () => withBrokenLayer(`${tar}+lz4`),
    message: `unsupported type of layer: ${tar}+lz4`,
  },
]

describe("what is not a whole OCI image archive is refused:", () => {
  for (const { title, make, message } of cases) {
    it(title, async () => {
      const error: unknown = await readImage(await make()).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(UserError)
      expect((error as UserError).message).toMatch(message)
    })
  }
})
