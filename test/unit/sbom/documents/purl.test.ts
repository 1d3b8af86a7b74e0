import { PackageURL } from "packageurl-js"
import { expect, it } from "vitest"
import { imagePurl, modulePurl, osPackagePurl } from "../../../../src/sbom/documents/purl.js"
import { fc } from "../../support/property.js"

// The purl project's own library says what each must be.

const part = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9.~_+-]{0,12}$/)
  .filter((text) => !/^\.+$/.test(text))

const goVersion = fc.constantFrom(
  "v1.2.3",
  "v2.0.0+incompatible",
  "v0.0.0-20250301093000-1d2f6a1c08b1",
  "v1.0.0-rc.1",
)

it("of modules", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), goVersion, (parts, version) => {
      const own = modulePurl({ path: parts.join("/"), version })
      const lower = parts.map((each) => each.toLowerCase())
      const [name = "", namespace] = [lower.at(-1), lower.slice(0, -1).join("/")]
      expect({ ...PackageURL.fromString(own) }).toEqual({
        ...new PackageURL("golang", namespace || undefined, name, version),
      })
    }),
  )
})

it("of packages of a system", () => {
  fc.assert(
    fc.property(part, part, part, part, part, (name, version, release, id, source) => {
      const own = osPackagePurl(
        { manager: "deb", name, version, architecture: "amd64", source: { name: source, version } },
        { id, version: release },
      )
      const qualifiers = {
        arch: "amd64",
        distro: `${id}-${release}`,
        upstream: `${source}@${version}`,
      }
      const parsed = PackageURL.fromString(own)
      expect({ ...parsed }).toEqual({
        ...new PackageURL("deb", id, name, version, qualifiers),
      })
    }),
  )
})

it("of images", () => {
  const digest = `sha256:${"a".repeat(64)}`
  const repository = "localhost:5000/Team/app"
  const parsed = PackageURL.fromString(
    imagePurl("localhost:5000/team/App", digest, { repository, platform: "linux/arm64" }),
  )
  expect({ ...parsed }).toEqual({
    ...new PackageURL("oci", undefined, "app", digest, {
      arch: "arm64",
      repository_url: repository,
    }),
  })
})
