import { expect, it } from "vitest"
import { isOfSystem, readSystem } from "../../../src/sbom/os-packages.js"
import { findSlowInput, junk } from "../support/hostile.js"
import { fc } from "../support/property.js"

const read = (files: Record<string, string>) => readSystem(new Map(Object.entries(files)))

it("of Debian: what is installed, and not what was removed", () => {
  const status = `Package: libc6
Status: install ok installed
Architecture: amd64
Source: glibc (2.36-9)
Version: 2.36-9+deb12u10
Description: GNU C Library
 Package: not-this-one
 Version: 9

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1.0

Package: adduser
Status: install ok installed
Architecture: all
Version: 3.134
`
  expect(
    read({
      "var/lib/dpkg/status": status,
      "usr/lib/os-release":
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
      "usr/share/zoneinfo/tzdata.zi": "# version 2025b\n# This zic input file\n",
    }),
  ).toEqual({
    distribution: { id: "debian", version: "12", name: "Debian GNU/Linux 12 (bookworm)" },
    timeZones: "2025b",
    packages: [
      { manager: "deb", name: "adduser", version: "3.134", architecture: "all" },
      {
        manager: "deb",
        name: "libc6",
        version: "2.36-9+deb12u10",
        architecture: "amd64",
        source: { name: "glibc", version: "2.36-9" },
      },
    ],
  })
})

it("of distroless: a file each, without a status", () => {
  const file = "Package: tzdata\nVersion: 2025b-0+deb12u1\nArchitecture: all\n"
  expect(isOfSystem("var/lib/dpkg/status.d/tzdata")).toBe(true)
  expect(isOfSystem("var/lib/dpkg/status.d/tzdata.md5sums")).toBe(false)
  expect(read({ "var/lib/dpkg/status.d/tzdata": file }).packages).toEqual([
    { manager: "deb", name: "tzdata", version: "2025b-0+deb12u1", architecture: "all" },
  ])
})

it("of Alpine and Wolfi", () => {
  const installed = `C:Q1abc=
P:musl
V:1.2.5-r9
A:x86_64
L:MIT
o:musl
F:lib

P:libcrypto3
V:3.5.1-r0
A:x86_64
L:Apache-2.0
o:openssl
`
  for (const path of ["lib/apk/db/installed", "usr/lib/apk/db/installed"]) {
    expect(read({ [path]: installed, "etc/os-release": "ID=wolfi\n" })).toEqual({
      distribution: { id: "wolfi" },
      packages: [
        {
          manager: "apk",
          name: "libcrypto3",
          version: "3.5.1-r0",
          architecture: "x86_64",
          license: "Apache-2.0",
          source: { name: "openssl" },
        },
        {
          manager: "apk",
          name: "musl",
          version: "1.2.5-r9",
          architecture: "x86_64",
          license: "MIT",
        },
      ],
    })
  }
})

it("says that a list is there that is not read", () => {
  expect(read({ "var/lib/rpm/rpmdb.sqlite": "SQLite format 3" })).toEqual({
    packages: [],
    unread: "/var/lib/rpm/rpmdb.sqlite",
  })
})

const files = [
  "var/lib/dpkg/status",
  "lib/apk/db/installed",
  "etc/os-release",
  "usr/share/zoneinfo/tzdata.zi",
]

it("takes any text, at once", () => {
  const pieces = [
    "Package: a\n",
    "Version: 1\n",
    "P:a\n",
    "V:1\n",
    "\n\n",
    "ID=",
    '"',
    "Source: a (",
    ")",
  ]
  fc.assert(
    fc.property(fc.constantFrom(...files), junk(...pieces), (file, text) => {
      expect(() => read({ [file]: text })).not.toThrow()
    }),
  )
  for (const file of files) {
    expect(findSlowInput((text) => read({ [file]: text }), ...pieces)).toBeUndefined()
  }
})
