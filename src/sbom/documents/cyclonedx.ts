import { version as toolVersion } from "../../version.js"
import type { FileFacts, ImageFacts, SbomFacts } from "../facts.js"
import { nameUuid, toJson } from "./identifiers.js"
import { filesOf, takeInventory, type ImageParts, type Part } from "../inventory.js"
import { validLicense } from "../licenses/license.js"
import { unreadNotes } from "../os-packages.js"
import { imagePurl } from "./purl.js"

const rootReference = "image"

interface Dependency {
  ref: string
  dependsOn: string[]
}

/** CycloneDX 1.6 as JSON: https://cyclonedx.org/docs/1.6/json/ */
export function cycloneDxDocument(facts: SbomFacts): string {
  const { name, digest, created, images } = facts
  const inventory = takeInventory(facts)
  const isOne = images.length === 1
  const referenceOf = (index: number) => (isOne ? rootReference : `${rootReference}-${index + 1}`)
  return toJson({
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${nameUuid(`cyclonedx ${toolVersion} ${name}@${digest}`)}`,
    version: 1,
    metadata: {
      timestamp: created,
      tools: { components: [{ type: "application", name: "go-image", version: toolVersion }] },
      component: imageComponent(rootReference, facts, isOne ? images[0] : undefined),
    },
    components: [
      ...(isOne
        ? []
        : images.map((image, index) => imageComponent(referenceOf(index), facts, image))),
      ...operatingSystems(images),
      ...inventory.parts.map(partComponent),
      ...images.flatMap((image, index) => {
        const programs = new Set(image.programs.map(({ file }) => file))
        return filesOf(image).map((file) => fileComponent(file, index, programs.has(file.file)))
      }),
    ],
    dependencies: [
      ...(isOne
        ? []
        : [{ ref: rootReference, dependsOn: images.map((_, index) => referenceOf(index)) }]),
      ...merged(
        inventory.images.flatMap((each, index) => dependencies(each, index, referenceOf(index))),
      ),
    ],
  })
}

function imageComponent(
  reference: string,
  { name, digest: whole, version, license, repository }: SbomFacts,
  image: ImageFacts | undefined,
) {
  const { digest, platform } = image ?? { digest: whole }
  const notes = unreadNotes(image ? [image] : [])
  return {
    type: "container",
    "bom-ref": reference,
    name,
    version: version ?? digest,
    hashes: [{ alg: "SHA-256", content: digest.replace("sha256:", "") }],
    ...(notes.length > 0 && { description: notes.join("\n") }),
    ...licenses(license),
    purl: imagePurl(name, digest, { repository, platform }),
    ...(platform !== undefined && { properties: [{ name: "go-image:platform", value: platform }] }),
  }
}

function operatingSystems(images: readonly ImageFacts[]) {
  const all = new Map(
    images.flatMap(({ distribution }) => {
      if (!distribution) return []
      const { id, version = "", name } = distribution
      const component = {
        type: "operating-system",
        "bom-ref": `os-${id}${version && `-${version}`}`,
        name: id,
        ...(version !== "" && { version }),
        ...(name !== undefined && { description: name }),
      }
      return [[component["bom-ref"], component] as const]
    }),
  )
  return [...all.values()]
}

function partComponent({ id, kind, name, version, purl, sha256, license, cpe, note }: Part) {
  return {
    type: kind === "data" ? "data" : "library",
    "bom-ref": id,
    name,
    ...(version !== "" && { version }),
    ...(note !== undefined && { description: note }),
    ...(sha256 !== undefined && { hashes: [{ alg: "SHA-256", content: sha256 }] }),
    ...licenses(license),
    ...(cpe !== undefined && { cpe }),
    ...(purl !== undefined && { purl }),
  }
}

/** One that SPDX does not know has its name alone. */
function licenses(license: string | undefined) {
  if (license === undefined) return {}
  const expression = validLicense(license)
  return {
    licenses: [expression === undefined ? { license: { name: license } } : { expression }],
  }
}

function fileComponent({ file, sha256, sha1 }: FileFacts, image: number, isProgram: boolean) {
  return {
    type: isProgram ? "application" : "file",
    "bom-ref": fileReference(file, image),
    name: file,
    hashes: [
      { alg: "SHA-1", content: sha1 },
      { alg: "SHA-256", content: sha256 },
    ],
  }
}

function dependencies(
  { image, programs, system }: ImageParts,
  index: number,
  reference: string,
): Dependency[] {
  return [
    {
      ref: reference,
      dependsOn: [
        ...filesOf(image).map(({ file }) => fileReference(file, index)),
        ...system.map(({ id }) => id),
      ],
    },
    ...programs.map(({ program, main }) => ({
      ref: fileReference(program.file, index),
      dependsOn: [main.id],
    })),
    ...programs.map(({ main, linked }) => ({
      ref: main.id,
      dependsOn: linked.map(({ id }) => id),
    })),
  ]
}

/** Each thing has one list. */
function merged(all: readonly Dependency[]): Dependency[] {
  const byReference = new Map<string, Set<string>>()
  for (const { ref, dependsOn } of all) {
    const known = byReference.get(ref) ?? new Set()
    for (const each of dependsOn) known.add(each)
    byReference.set(ref, known)
  }
  return [...byReference].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn] }))
}

function fileReference(file: string, image: number): string {
  return `file-${image + 1}:${file}`
}
