import { expect, it } from "vitest"
import { cycloneDxDocument } from "../../src/sbom/documents/cyclonedx.js"
import type { SbomFacts } from "../../src/sbom/facts.js"
import { spdxDocument } from "../../src/sbom/documents/spdx.js"
import { sbomViolations } from "../ci/sbom-schemas.js"
import { someImage } from "../unit/sbom/some-image.js"

const images: [string, SbomFacts][] = [
  ["an image", someImage()],
  ["an image for two platforms", someImage(["linux/amd64", "linux/arm64"])],
  ["one with nothing but a program", { ...someImage(), images: [bare()] }],
]

it.each(images)("the SPDX document of %s is as its schema has it", (_, facts) => {
  const document = JSON.parse(spdxDocument(facts)) as object
  expect(sbomViolations.spdx(document)).toEqual([])
  expect(sbomViolations.spdx({ ...document, files: [{}] })).not.toEqual([])
})

it.each(images)("the CycloneDX document of %s is as its schema has it", (_, facts) => {
  const document = JSON.parse(cycloneDxDocument(facts)) as object
  expect(sbomViolations.cyclonedx(document)).toEqual([])
  expect(sbomViolations.cyclonedx({ ...document, components: [{}] })).not.toEqual([])
})

function bare() {
  const [image] = someImage().images
  const { platform, digest, programs } = image!
  return { platform, digest, programs, packages: [], files: [] }
}
