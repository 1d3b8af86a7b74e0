/** Of the folder of a module, and of the source. */
export const licenseFiles = ["LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING"]

export function isLicenseFile(path: string): boolean {
  return licenseFiles.includes(path.slice(path.lastIndexOf("/") + 1))
}

/** How a licence's text begins that many projects have. What is not known for sure is not said. */
const texts: readonly [RegExp, string][] = [
  [
    /^(?:the )?mit license(?: \(mit\))?\b|^permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated/,
    "MIT",
  ],
  [/^apache license version 2\.0, january 2004/, "Apache-2.0"],
  [/^mozilla public license,? version 2\.0/, "MPL-2.0"],
  [/^bsd 2-clause license/, "BSD-2-Clause"],
  [/^bsd 3-clause license/, "BSD-3-Clause"],
  [/^isc license/, "ISC"],
  [/^boost software license - version 1\.0/, "BSL-1.0"],
  [/^this is free and unencumbered software released into the public domain/, "Unlicense"],
  [/^european union public licen[cs]e v\. ?1\.2/, "EUPL-1.2"],
]

/** The SPDX identifier of a licence file, and its line; undefined where it is none that is known here. */
export function readLicense(text: string): { value: string; line: number } | undefined {
  const lines = text.split(/\r?\n/)
  const marked = lines.findIndex((line) => /SPDX-License-Identifier:/.test(line))
  if (marked >= 0) {
    const value = lines[marked]?.replace(/^.*SPDX-License-Identifier:\s*/, "").trim() ?? ""
    return isExpression(value) ? { value, line: marked + 1 } : undefined
  }
  const first = lines.findIndex((line) => line.trim() !== "" && !/^\W*copyright\b/i.test(line))
  const start = lines
    .slice(Math.max(first, 0), first + 12)
    .filter((line) => !/^\W*copyright\b/i.test(line))
    .join(" ")
    .replace(/[#*=_]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
  const value = texts.find(([pattern]) => pattern.test(start))?.[1]
  return value === undefined ? undefined : { value, line: first + 1 }
}

/** `MIT OR Apache-2.0`, as far as its words go. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
export function isExpression(text: string): boolean {
  return /^\(*[A-Za-z0-9][\w.+:-]*\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9][\w.+:-]*\)*)*$/.test(text)
}
