import { expect, test } from "vitest"
import { imageFields } from "../../../../../cli/engine/client/output.js"

const request = {
  dockerfile: "",
  context: "/src",
  ignore: [],
  layouts: {},
  output: { type: "none" as const },
  onProgress: () => undefined,
}
const annotations = { "a.b": "c=d", "e.f": "g, h" }

test("annotations are those of the manifest", () => {
  expect(imageFields({ ...request, annotations })).toEqual([
    "oci-mediatypes=true",
    "compression-level=1",
    "annotation.a.b=c=d",
    "annotation.e.f=g, h",
  ])
})

test("of several platforms, they are those of each manifest and of the index", () => {
  const platforms = ["linux/amd64", "linux/arm64"]
  expect(imageFields({ ...request, platforms, annotations: { "a.b": "c" } })).toEqual([
    "oci-mediatypes=true",
    "compression-level=1",
    "annotation.a.b=c",
    "annotation-index.a.b=c",
  ])
})
