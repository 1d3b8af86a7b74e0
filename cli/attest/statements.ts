import type { ImageFacts, SbomFacts } from "../../src/sbom/facts.js"
import type { SbomFormat } from "../../src/sbom/documents/format-of.js"
import { sbomDocument } from "../../src/sbom/documents/formats.js"
import { toJson } from "../../src/sbom/documents/identifiers.js"
import { statementOf, type Statement } from "../../src/sbom/documents/provenance.js"

/** What BuildKit, cosign and scanners look for each format by. */
export const sbomPredicateTypes = {
  spdx: "https://spdx.dev/Document",
  cyclonedx: "https://cyclonedx.org/bom",
} as const satisfies Record<SbomFormat, string>

/** An SBOM as a statement of in-toto, of one image. */
export function sbomStatement(facts: SbomFacts, format: SbomFormat): string {
  const document = JSON.parse(sbomDocument(facts, format)) as object
  return toJson(statementOf(facts, sbomPredicateTypes[format], document) satisfies Statement)
}

/** Of the image of one platform alone. */
export function ofOneImage(facts: SbomFacts, image: ImageFacts): SbomFacts {
  return { ...facts, digest: image.digest, images: [image] }
}
