export const sbomFormats = ["spdx", "cyclonedx"] as const

export type SbomFormat = (typeof sbomFormats)[number]

/** By the name of a file, as the formats have them: `app.cdx.json`, `bom.json`; else it is SPDX, as in `app.spdx.json`. */
export function sbomFormatOf(file: string): SbomFormat {
  return /\.cdx\.json$|(?:^|\/)bom\.json$|cyclonedx[^/]*$/i.test(file) ? "cyclonedx" : "spdx"
}
