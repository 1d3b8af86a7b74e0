import { expect, it } from "vitest"
import { copyrightLicense } from "../../../../src/sbom/licenses/debian-copyright.js"
import { validLicense } from "../../../../src/sbom/licenses/license.js"
import { readSystem } from "../../../../src/sbom/os-packages.js"
import { fc } from "../../support/property.js"

const fields = (...licenses: string[]) =>
  [
    "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: x",
    ...licenses.map((license) => `Files: *\nCopyright: 2020 Jo\nLicense: ${license}\n Text of it.`),
    "Files: debian/*\nCopyright: 2020 Jo\nLicense: GPL-3+",
    "License: Unused\n Text.",
  ].join("\n\n")

it.each<[string, string | undefined, boolean]>([
  [fields("Expat"), "MIT", true],
  [fields("GPL-2+", "LGPL-2.1", "GPL-2+"), "GPL-2.0-or-later AND LGPL-2.1-only", true],
  [fields("GPL-1+ or Artistic", "zlib"), "(GPL-1.0-or-later OR Artistic-1.0-Perl) AND Zlib", true],
  [fields("GPL-2+ with Autoconf exception"), "GPL-2.0-or-later WITH Autoconf-exception-2.0", true],
  [fields("GPL-3.0+ with the Bison exception"), "GPL-3.0-or-later WITH Bison-exception-2.2", true],
  [fields("LGPLv3+_or_GPLv2+"), "LGPL-3.0-or-later OR GPL-2.0-or-later", true],
  [fields("public-domain", "GPL-2+"), "public-domain; GPL-2+", false],
  [fields("GPL-2+ or Artistic, and BSD-3-clause"), "GPL-2+ or Artistic, and BSD-3-clause", false],
  [fields("GPL-2+ with unknown exception"), "GPL-2+ with unknown exception", false],
  [
    "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nLicense: ISC",
    "ISC",
    true,
  ],
  [
    "This program is free software; version 2, or (at your option) any later\nversion. See `/usr/share/common-licenses/GPL-2'.",
    "GPL-2.0-or-later",
    true,
  ],
  ["See /usr/share/common-licenses/Apache-2.0.", "Apache-2.0", true],
  ["See /usr/share/common-licenses/GPL-2.", "GPL-2.0-only", true],
  [
    "any later version: /usr/share/common-licenses/GPL-2 and /usr/share/common-licenses/LGPL-2.1",
    "GPL-2 or later, perhaps; LGPL-2.1 or later, perhaps",
    false,
  ],
  ["See /usr/share/common-licenses/GPL.", "GPL", false],
  ["Permission is hereby granted, free of charge, to any person", "MIT", true],
  ["Copyright 2020 Jo. All rights reserved.", undefined, false],
  ["", undefined, false],
])("%j: %s", (text, expected, isExpression) => {
  expect(copyrightLicense(text)).toBe(expected)
  expect(validLicense(expected) !== undefined).toBe(isExpression)
})

it("takes any text, at once", () => {
  const part = fc.constantFrom(
    "Format: dep5",
    "Files:",
    "License:",
    "or",
    "and",
    "with",
    "\n\n",
    "GPL-2+",
    ",",
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 60 }), (parts) => {
      copyrightLicense(parts.join(" "))
    }),
  )
})

it("is that of each package, where documentation is a link to that of another one, too", () => {
  const files = new Map([
    [
      "var/lib/dpkg/status",
      ["libgcc-s1", "gcc-12-base", "other"]
        .map((name) => `Package: ${name}\nVersion: 1\nStatus: install ok installed`)
        .join("\n\n"),
    ],
    ["usr/share/doc/gcc-12-base/copyright", "GPL-3.0-or-later"],
    ["usr/share/doc/other/copyright", ""],
  ])
  const links = new Map([
    ["usr/share/doc/libgcc-s1", "gcc-12-base"],
    ["usr/share/doc/other", "other"],
  ])
  const { packages } = readSystem(files, links)
  expect(packages.map(({ name, license }) => [name, license])).toEqual([
    ["gcc-12-base", "GPL-3.0-or-later"],
    ["libgcc-s1", "GPL-3.0-or-later"],
    ["other", undefined],
  ])
})
