import { readFileSync } from "node:fs"
import type { AnySchemaObject } from "ajv"
import { expect, it } from "vitest"
import { cycloneDxDocument } from "../../src/sbom/cyclonedx.js"
import type { SbomFacts } from "../../src/sbom/facts.js"
import { spdxDocument } from "../../src/sbom/spdx.js"
import { published } from "../ci/published.js"
import { violations } from "../ci/schemas.js"
import { someImage } from "../unit/sbom/some-image.js"

const read = (file: string | URL) => JSON.parse(readFileSync(file, "utf8")) as AnySchemaObject
const cycloneDx = (name: string): AnySchemaObject => {
  const file = `${name}.SNAPSHOT.schema.json`
  const schema = read(published(`@cyclonedx/cyclonedx-library/res/schema/${file}`))
  // By which the others refer to it.
  return { ...schema, $id: `http://cyclonedx.org/schema/${file}` }
}

const images: [string, SbomFacts][] = [
  ["an image", someImage()],
  ["an image for two platforms", someImage(["linux/amd64", "linux/arm64"])],
  ["one with nothing but a program", { ...someImage(), images: [bare()] }],
]

it.each(images)("the SPDX document of %s is as its schema has it", (_, facts) => {
  const schema = read(new URL("schemas/spdx-2.3.json", import.meta.url))
  const document = JSON.parse(spdxDocument(facts)) as object
  expect(violations(schema, document)).toEqual([])
  expect(violations(schema, { ...document, files: [{}] })).not.toEqual([])
})

it.each(images)("the CycloneDX document of %s is as its schema has it", (_, facts) => {
  const [schema, ...others] = ["bom-1.6", "spdx", "jsf-0.82"].map(cycloneDx)
  const document = JSON.parse(cycloneDxDocument(facts)) as object
  expect(violations(schema!, document, others)).toEqual([])
  expect(violations(schema!, { ...document, components: [{}] }, others)).not.toEqual([])
})

function bare() {
  const [image] = someImage().images
  const { platform, digest, programs } = image!
  return { platform, digest, programs, packages: [], files: [] }
}
