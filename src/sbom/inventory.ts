import type { Module } from "./programs/build-info.js"
import type { FileFacts, ImageFacts, LinkedProgram, SbomFacts } from "./facts.js"
import type { OsPackage } from "./os-packages.js"
import { modulePurl, osPackagePurl, plainGoVersion, standardLibraryPurl } from "./documents/purl.js"

/** What is in an image, as the formats of an SBOM have it: each part once, however many programs have it. */
export interface Inventory {
  images: ImageParts[]
  /** Of all images. */
  parts: Part[]
}

export interface ImageParts {
  image: ImageFacts
  programs: ProgramParts[]
  /** Of the base: packages of its operating system, and the like. */
  system: Part[]
}

export interface ProgramParts {
  program: LinkedProgram
  /** The module of its main package. */
  main: Part
  /** What is linked into it: modules, and the standard library. */
  linked: Part[]
}

/** Something that has a name and a version. */
export interface Part {
  /** Unique among all parts, of letters, digits and `.-`, as SPDX has it. */
  id: string
  kind: "module" | "os-package" | "data"
  name: string
  /** Empty where it has none. */
  version: string
  purl?: string
  /** In hex: of a module, what `h1:` has in go.sum. */
  sha256?: string
  /** SPDX expression; undefined where nothing here says it. */
  license?: string
  /** https://nvd.nist.gov/products/cpe */
  cpe?: string
  /** Said besides, for people. */
  note?: string
}

export function takeInventory(facts: SbomFacts): Inventory {
  const parts = new Parts()
  const images = facts.images.map((image) => ({
    image,
    programs: image.programs.map((program) => ({
      program,
      main: parts.add(mainModule(program, facts)),
      linked: [
        ...program.modules.map((module) => parts.add(linkedModule(module))),
        parts.add(standardLibrary(program)),
      ],
    })),
    system: [
      ...image.packages.map((each) => parts.add(osPackage(each, image))),
      ...(image.timeZones === undefined ? [] : [parts.add(timeZones(image.timeZones))]),
    ],
  }))
  return { images, parts: parts.all }
}

/** Those with the same content are one. */
class Parts {
  private readonly byContent = new Map<string, Part>()
  private readonly ids = new Set<string>()

  get all(): Part[] {
    return [...this.byContent.values()]
  }

  add(part: Omit<Part, "id">): Part {
    const content = JSON.stringify(part)
    const known = this.byContent.get(content)
    if (known) return known
    const added = { id: this.uniqueId(part), ...part }
    this.byContent.set(content, added)
    return added
  }

  private uniqueId({ kind, name, version }: Omit<Part, "id">): string {
    const text = [kind, name, version].filter(Boolean).join("-")
    const plain = text.replace(/[^A-Za-z0-9.-]+/g, "-")
    let id = plain
    for (let count = 2; this.ids.has(id); count++) id = `${plain}-${count}`
    this.ids.add(id)
    return id
  }
}

/** What Go says where it knows no version of the main module. */
const noVersion = "(devel)"

function mainModule(
  { main, path, settings }: LinkedProgram,
  { version, license }: SbomFacts,
): Omit<Part, "id"> {
  const name = main?.path ?? path ?? ""
  // Programs of ours, and those of a base, are not of the project's commit.
  const ofProject = settings["vcs.revision"] !== undefined
  const own = main && main.version !== noVersion ? main.version : ""
  const known = own === "" && ofProject ? (version ?? "") : own
  return {
    kind: "module",
    name,
    version: known,
    // Others have no place where it could be found.
    ...(/^[^/]*\./.test(name) && { purl: modulePurl({ path: name, version: known }) }),
    ...(ofProject && license !== undefined && { license }),
  }
}

function linkedModule(module: Module): Omit<Part, "id"> {
  const { path, version, replacedBy, license } = module
  const compiled = replacedBy ?? module
  const licensed = license === undefined ? {} : { license }
  // A folder's path may be one of the machine that built it.
  if (replacedBy && replacedBy.version === "") {
    const note = "replaced by a folder of the source"
    return { kind: "module", name: path, version, ...licensed, note }
  }
  return {
    kind: "module",
    name: compiled.path,
    version: compiled.version,
    purl: modulePurl(compiled),
    ...hashOf(compiled),
    ...licensed,
    ...(replacedBy && { note: `in place of ${path} ${version}`.trim() }),
  }
}

/** `h1:` is SHA-256, in Base64: https://go.dev/ref/mod#go-sum-files */
function hashOf({ sum }: Module): { sha256?: string } {
  const bytes = /^h1:([A-Za-z0-9+/]{43}=)$/.exec(sum ?? "")?.[1]
  return bytes === undefined ? {} : { sha256: Buffer.from(bytes, "base64").toString("hex") }
}

function standardLibrary({ goVersion }: LinkedProgram): Omit<Part, "id"> {
  const version = plainGoVersion(goVersion)
  return {
    kind: "module",
    name: "stdlib",
    version,
    purl: standardLibraryPurl({ goVersion }),
    license: "BSD-3-Clause",
    ...(/^\d/.test(version) && { cpe: `cpe:2.3:a:golang:go:${version}:*:*:*:*:*:*:*` }),
    note: "Go's standard library",
  }
}

function osPackage(each: OsPackage, { distribution }: ImageFacts): Omit<Part, "id"> {
  const { name, version, license } = each
  return {
    kind: "os-package",
    name,
    version,
    purl: osPackagePurl(each, distribution),
    ...(license !== undefined && { license }),
  }
}

function timeZones(version: string): Omit<Part, "id"> {
  return {
    kind: "data",
    name: "tzdata",
    version,
    purl: `pkg:generic/tzdata@${version}`,
    note: "time zone database, in /usr/share/zoneinfo",
  }
}

/** By their paths, programs among them. */
export function filesOf({ programs, files }: ImageFacts): FileFacts[] {
  return [...programs, ...files].sort((a, b) => (a.file < b.file ? -1 : 1))
}
