import { describe, expect, it } from "vitest"
import { bytesOfKind, kindOf } from "../../../../src/detect/assets/content-kind.js"
import { resultContent } from "../../../../src/detect/assets/own-results.js"
import { cycloneDxDocument } from "../../../../src/sbom/documents/cyclonedx.js"
import { openVex } from "../../../../src/sbom/documents/openvex.js"
import { buildType } from "../../../../src/sbom/documents/provenance.js"
import { spdxDocument } from "../../../../src/sbom/documents/spdx.js"
import { someImage } from "../../sbom/some-image.js"

const json = (value: unknown) => JSON.stringify(value, undefined, 2)
const digest = `sha256:${"a".repeat(64)}`
const page = (generator: string) =>
  `<!doctype html>\n<html lang="en">\n<head><meta name="generator" content="${generator}" /></head>`
const provenance = (type: string) =>
  json({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "a" }],
    predicate: { buildDefinition: { buildType: type } },
  })

const ours: [string, string][] = [
  ["sbom.json", spdxDocument(someImage())],
  ["sbom.cdx.json", cycloneDxDocument(someImage())],
  ["dist/vex.json", openVex("", { path: "example.com/shop" })],
  ["provenance.json", provenance(buildType)],
  ["explain.html", page("go-image")],
  [
    "explain.txt",
    "shop\n\nWhat was decided, where that comes from, and what changes it:\n  module a\n",
  ],
  ["explain.json", json({ title: "shop", decisions: [{ what: "port", changeWith: [] }] })],
  ["meta.json", json({ "containerimage.config.digest": digest })],
  ["targets.json", json({ web: { "containerimage.config.digest": digest } })],
  ["digest", digest],
  ["digest.txt", `${digest}\n`],
  ["build.env", `IMAGE_DIGEST=${digest}\nIMAGE=\nIMAGE_TAGS=\n`],
]

const others: [string, string][] = [
  ["sbom.json", spdxDocument(someImage()).replaceAll("go-image", "syft")],
  ["sbom.cdx.json", cycloneDxDocument(someImage()).replaceAll("go-image", "syft")],
  ["vex.json", openVex("", { path: "example.com/shop" }).replaceAll("go-image", "vexctl")],
  ["provenance.json", provenance("https://example.com/build")],
  ["index.html", page("Hugo 0.1")],
  [
    "about.html",
    `<!doctype html><html><body>&lt;meta ${"x".repeat(900)}<meta name="generator" content="go-image"`,
  ],
  ["notes.txt", `a\n${digest}\n`],
  ["pins.txt", `${digest}\n${digest}\n`],
  ["data.json", json({ images: 1, "containerimage.config.digest": digest })],
  ["app.env", `PORT=1\nIMAGE_DIGEST=${digest}\n`],
]

/** As sources do: of the first bytes. */
const kind = (path: string, text: string) =>
  kindOf(path, Buffer.from(text).subarray(0, bytesOfKind(path)))

/** As ripgrep understands it. */
const engine = new RegExp(resultContent.replace("\\A", "^").replaceAll("\\z", "$"))

describe("what this program writes about a build is known by how it begins,", () => {
  it.each(ours)("%s", (path, text) => {
    expect([kind(path, text), engine.test(text)]).toEqual(["result", true])
  })

  it.each(others)("and another program's %s is not", (path, text) => {
    expect([kind(path, text), engine.test(text)]).toEqual([undefined, false])
  })
})
