/** Formats of an SBOM. */
export enum SbomKind {
  /** SPDX 2.3. */
  Spdx = "spdx",

  /** CycloneDX 1.6. */
  Cyclonedx = "cyclonedx",
}
