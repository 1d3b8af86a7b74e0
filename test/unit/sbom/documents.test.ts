import { describe, expect, it } from "vitest"
import { cycloneDxDocument } from "../../../src/sbom/documents/cyclonedx.js"
import type { SbomFacts } from "../../../src/sbom/facts.js"
import { nameUuid } from "../../../src/sbom/documents/identifiers.js"
import { spdxDocument } from "../../../src/sbom/documents/spdx.js"
import { emptySumHex, someImage, someProgram } from "./some-image.js"

interface Spdx {
  documentNamespace: string
  creationInfo: { created: string }
  packages: {
    SPDXID: string
    name: string
    versionInfo?: string
    licenseDeclared: string
    licenseComments?: string
    checksums?: { algorithm: string; checksumValue: string }[]
    externalRefs?: { referenceLocator: string }[]
    comment?: string
  }[]
  files: { SPDXID: string; fileName: string }[]
  relationships: { spdxElementId: string; relationshipType: string; relatedSpdxElement: string }[]
}

interface CycloneDx {
  serialNumber: string
  metadata: { timestamp: string; component: { "bom-ref": string; purl: string } }
  components: {
    "bom-ref": string
    type: string
    name: string
    version?: string
    purl?: string
    hashes?: { alg: string; content: string }[]
    licenses?: unknown[]
    description?: string
  }[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

const spdx = (facts: SbomFacts) => JSON.parse(spdxDocument(facts)) as Spdx
const cycloneDx = (facts: SbomFacts) => JSON.parse(cycloneDxDocument(facts)) as CycloneDx

describe("both formats", () => {
  it.each([
    ["SPDX", spdxDocument],
    ["CycloneDX", cycloneDxDocument],
  ])(
    "%s is the same each time, and says nothing of the machine, the linker's values or secrets",
    (_, write) => {
      const text = write(someImage())
      expect(write(someImage())).toBe(text)
      expect(text).not.toMatch(/\/home\/jo|hunter2|ldflags/)
      const other = write({ ...someImage(), digest: `sha256:${"9".repeat(64)}` })
      expect(other).not.toContain(/[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0])
    },
  )

  it("list what is linked once, with the hashes of go.sum, and what stands in the place of another", () => {
    const facts = someImage(["linux/amd64", "linux/arm64"])
    const packages = spdx(facts).packages.filter(({ SPDXID }) => SPDXID.includes("-module-"))
    expect(
      packages.map(({ name, versionInfo, externalRefs, checksums, comment }) => [
        `${name} ${versionInfo}`,
        externalRefs?.[0]?.referenceLocator,
        checksums?.[0]?.checksumValue,
        comment,
      ]),
    ).toEqual([
      ["example.com/shop v1.2.3", "pkg:golang/example.com/shop@v1.2.3", undefined, undefined],
      [
        "github.com/BurntSushi/toml v1.4.0",
        "pkg:golang/github.com/burntsushi/toml@v1.4.0",
        emptySumHex,
        undefined,
      ],
      ["example.com/lib v0.0.0", undefined, undefined, "replaced by a folder of the source"],
      [
        "github.com/new/thing v1.1.0",
        "pkg:golang/github.com/new/thing@v1.1.0",
        emptySumHex,
        "in place of github.com/old/thing v1.0.0",
      ],
      ["stdlib 1.25.3", "pkg:golang/stdlib@1.25.3", undefined, "Go's standard library"],
    ])
    const libraries = cycloneDx(facts).components.filter(({ "bom-ref": id }) =>
      id.startsWith("module-"),
    )
    expect(
      libraries.map(({ name, version, purl, hashes, description }) => [
        `${name} ${version}`,
        purl,
        hashes?.[0]?.content,
        description,
      ]),
    ).toEqual(
      packages.map(({ name, versionInfo, externalRefs, checksums, comment }) => [
        `${name} ${versionInfo}`,
        externalRefs?.[0]?.referenceLocator,
        checksums?.[0]?.checksumValue,
        comment,
      ]),
    )
  })

  it("have packages of the base, each of its own architecture", () => {
    const facts = someImage(["linux/amd64", "linux/arm64"])
    const purls = [
      "pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64&distro=debian-12&upstream=glibc",
      "pkg:deb/debian/tzdata@2025b-0%2Bdeb12u1?arch=all&distro=debian-12",
      "pkg:generic/tzdata@2025b",
      "pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=arm64&distro=debian-12&upstream=glibc",
    ]
    const found = spdx(facts).packages.flatMap(({ SPDXID, externalRefs = [] }) =>
      /-(?:os-package|data)-/.test(SPDXID) ? externalRefs.map((each) => each.referenceLocator) : [],
    )
    expect(found).toEqual(purls)
    const components = cycloneDx(facts).components
    expect(components.map(({ purl }) => purl)).toEqual(expect.arrayContaining(purls))
    expect(components.filter(({ type }) => type === "operating-system")).toHaveLength(1)
  })

  it("say no license but those that are known", () => {
    const declared = Object.fromEntries(
      spdx(someImage()).packages.map((each) => [each.name, each.licenseDeclared]),
    )
    expect(declared).toMatchObject({
      "example.com/shop": "MIT",
      stdlib: "BSD-3-Clause",
      "github.com/BurntSushi/toml": "MIT",
      "example.com/lib": "NOASSERTION",
      // Several texts do not say whether one of them may be chosen.
      "github.com/new/thing": "NOASSERTION",
      libc6: "NOASSERTION",
    })
    const commented = spdx(someImage()).packages.filter(({ licenseComments }) => licenseComments)
    expect(commented.map(({ name, licenseComments }) => [name, licenseComments])).toEqual([
      ["github.com/new/thing", "Apache-2.0; MIT"],
      ["tzdata", "words of its own"],
    ])
    const licenses = (name: string) =>
      cycloneDx(someImage()).components.find((each) => each.name === name)?.licenses
    expect(licenses("github.com/BurntSushi/toml")).toEqual([{ expression: "MIT" }])
    expect(licenses("github.com/new/thing")).toEqual([{ license: { name: "Apache-2.0; MIT" } }])
    expect(licenses("example.com/lib")).toBeUndefined()
  })

  it.each([
    ["one platform", ["linux/amd64"]],
    ["two", ["linux/amd64", "linux/arm64"]],
  ])("lead nowhere but to what is in them, for %s", (_, platforms) => {
    const { packages, files, relationships } = spdx(someImage(platforms))
    const ids = [...packages, ...files].map(({ SPDXID }) => SPDXID)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/)
    const ends = relationships.flatMap((each) => [each.spdxElementId, each.relatedSpdxElement])
    expect(ids).toEqual(expect.arrayContaining(ends.filter((id) => id !== "SPDXRef-DOCUMENT")))
    expect(ends).toEqual(expect.arrayContaining(ids))

    const { metadata, components, dependencies } = cycloneDx(someImage(platforms))
    const references = [metadata.component, ...components].map((each) => each["bom-ref"])
    expect(new Set(references).size).toBe(references.length)
    expect(references).toEqual(
      expect.arrayContaining(dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn])),
    )
    expect(new Set(dependencies.map(({ ref }) => ref)).size).toBe(dependencies.length)
  })
})

it("a program that is not of the project has no version and license of it", () => {
  const launcher = someProgram("/app/launcher", {
    main: { path: "launcher", version: "(devel)" },
    modules: [],
    settings: {},
  })
  const [image] = someImage().images
  const facts = { ...someImage(), images: [{ ...image!, programs: [launcher] }] }
  const found = spdx(facts).packages.find(({ name }) => name === "launcher")
  expect(found).toMatchObject({ licenseDeclared: "NOASSERTION" })
  expect(found).not.toHaveProperty("versionInfo")
  expect(found).not.toHaveProperty("externalRefs")
})

it("a list of packages that is not read is told", () => {
  const [image] = someImage().images
  const unread = "/var/lib/rpm/rpmdb.sqlite"
  const facts = { ...someImage(), images: [{ ...image!, packages: [], unread }] }
  const said = `packages of the base are not listed: no support for ${unread}`
  expect(spdx(facts).packages[0]?.comment).toBe(`platform: linux/amd64\n${said}`)
  expect(cycloneDx(facts).metadata.component).toMatchObject({ description: said })
})

it("a name's UUID is that of the standard", () => {
  // What Python's uuid.uuid5(uuid.NAMESPACE_URL, …) says.
  expect(nameUuid("https://example.com/")).toBe("dd2c1780-811a-5296-81c5-178a0ef488bc")
})
