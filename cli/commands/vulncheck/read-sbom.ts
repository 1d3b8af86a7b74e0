import { readFileSync } from "node:fs"
import { UserError } from "../../../src/errors.js"
import type { Module } from "../../../src/sbom/programs/build-info.js"
import { libraryOf } from "./scan.js"

export interface Listed {
  /** Package URL of what it is about, else its name. */
  product: string
  modules: Module[]
}

interface SpdxPackage {
  SPDXID: string
  name?: string
  versionInfo?: string
  externalRefs?: { referenceType?: string; referenceLocator?: string }[]
}

interface Spdx {
  spdxVersion: string
  name?: string
  packages?: SpdxPackage[]
  documentDescribes?: string[]
  relationships?: { spdxElementId: string; relationshipType: string; relatedSpdxElement: string }[]
}

interface Component {
  name?: string
  version?: string
  purl?: string
  components?: Component[]
}

interface CycloneDx {
  bomFormat: string
  metadata?: { component?: Component }
  components?: Component[]
}

/** Whether a file is an SBOM, or rather an image: that is a tar. */
export function isSbomFile(start: Buffer): boolean {
  return /^(?:\uFEFF)?\s*\{/.test(start.toString("utf8"))
}

/** SPDX 2 or CycloneDX, whoever made it: the Go modules in it, by their package URLs. */
export function readSbom(file: string): Listed {
  const document = parse(file)
  if (document && "spdxVersion" in document) return fromSpdx(document)
  if (document && "bomFormat" in document) return fromCycloneDx(document)
  throw new UserError(`not an SBOM: ${file}`, {
    hint: "Give one as SPDX 2 or CycloneDX, in JSON, or an image.",
  })
}

function parse(file: string): Spdx | CycloneDx | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""))
    return value instanceof Object ? (value as Spdx | CycloneDx) : undefined
  } catch (error) {
    throw new UserError(`the SBOM cannot be read: ${file}: ${(error as Error).message}`)
  }
}

function fromSpdx({ name = "", packages = [], documentDescribes = [], relationships = [] }: Spdx) {
  const described = new Set([
    ...documentDescribes,
    ...relationships
      .filter(({ relationshipType }) => relationshipType === "DESCRIBES")
      .map(({ relatedSpdxElement }) => relatedSpdxElement),
  ])
  const purlOf = ({ externalRefs = [] }: SpdxPackage) =>
    externalRefs.find(({ referenceType }) => referenceType === "purl")?.referenceLocator
  const main = packages.find(({ SPDXID }) => described.has(SPDXID))
  return {
    product: (main && (purlOf(main) ?? main.name)) ?? name,
    modules: packages.flatMap((each) => modulesOf(purlOf(each), each.name)),
  }
}

function fromCycloneDx({ metadata, components = [] }: CycloneDx): Listed {
  const all = (each: Component): Component[] => [each, ...(each.components ?? []).flatMap(all)]
  const main = metadata?.component
  return {
    product: main?.purl ?? main?.name ?? "",
    modules: [...(main ? [main] : []), ...components]
      .flatMap(all)
      .flatMap(({ purl, name }) => modulesOf(purl, name)),
  }
}

/** A package URL has the path in lower case; the name beside it may have it as it is. */
function modulesOf(purl: string | undefined, name = ""): Module[] {
  const [, encoded = "", version = ""] = /^pkg:golang\/([^@?#]+)@([^?#]+)/.exec(purl ?? "") ?? []
  if (encoded === "") return []
  const path = decode(encoded)
  if (path === "stdlib") return [libraryOf(decode(version).replace(/^v/, ""))]
  return [
    { path: name.toLowerCase() === path.toLowerCase() ? name : path, version: decode(version) },
  ]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
