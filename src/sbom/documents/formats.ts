import { cycloneDxDocument } from "./cyclonedx.js"
import type { SbomFacts } from "../facts.js"
import type { SbomFormat } from "./format-of.js"
import { spdxDocument } from "./spdx.js"

/** https://www.iana.org/assignments/media-types/ */
export const sbomMediaTypes = {
  spdx: "application/spdx+json",
  cyclonedx: "application/vnd.cyclonedx+json",
} as const satisfies Record<SbomFormat, string>

export function sbomDocument(facts: SbomFacts, format: SbomFormat): string {
  return format === "spdx" ? spdxDocument(facts) : cycloneDxDocument(facts)
}
