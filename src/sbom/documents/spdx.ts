import { createHash } from "node:crypto"
import { version as toolVersion } from "../../version.js"
import type { FileFacts, ImageFacts, SbomFacts } from "../facts.js"
import { nameUuid, toJson } from "./identifiers.js"
import { filesOf, takeInventory, type ImageParts, type Part } from "../inventory.js"
import { validLicense } from "../licenses/license.js"
import { unreadNotes } from "../os-packages.js"
import { imagePurl } from "./purl.js"

const none = "NOASSERTION"

interface Relationship {
  spdxElementId: string
  relationshipType: string
  relatedSpdxElement: string
}

/** SPDX 2.3 as JSON: https://spdx.github.io/spdx-spec/v2.3/ */
export function spdxDocument(facts: SbomFacts): string {
  const { name, digest, created, images } = facts
  const inventory = takeInventory(facts)
  const isOne = images.length === 1
  const rootId = "SPDXRef-Image"
  const idOf = (index: number) => (isOne ? rootId : `${rootId}-${index + 1}`)
  const documentId = "SPDXRef-DOCUMENT"
  return toJson({
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: documentId,
    name,
    documentNamespace: `https://spdx.org/spdxdocs/${encodeURIComponent(name)}-${nameUuid(`spdx ${toolVersion} ${name}@${digest}`)}`,
    creationInfo: { created, creators: [`Tool: go-image-${toolVersion}`] },
    documentDescribes: [rootId],
    packages: [
      imagePackage(rootId, facts, isOne ? images[0] : undefined),
      ...(isOne ? [] : images.map((image, index) => imagePackage(idOf(index), facts, image))),
      ...images.map(filesPackage),
      ...inventory.parts.map(partPackage),
    ],
    files: images.flatMap((image, index) => {
      const programs = new Set(image.programs.map(({ file }) => file))
      return filesOf(image).map((file) => fileElement(file, index, programs.has(file.file)))
    }),
    relationships: [
      relationship(documentId, "DESCRIBES", rootId),
      ...(isOne ? [] : images.map((_, index) => relationship(idOf(index), "VARIANT_OF", rootId))),
      ...inventory.images.flatMap((each, index) => relationshipsOf(each, index, idOf(index))),
    ],
  })
}

function relationship(
  spdxElementId: string,
  relationshipType: string,
  relatedSpdxElement: string,
): Relationship {
  return { spdxElementId, relationshipType, relatedSpdxElement }
}

/** What is known of nothing here. */
const unknown = {
  downloadLocation: none,
  filesAnalyzed: false,
  licenseConcluded: none,
  copyrightText: none,
}

function imagePackage(
  SPDXID: string,
  { name, digest: whole, version, license, repository }: SbomFacts,
  image: ImageFacts | undefined,
) {
  const { digest, platform } = image ?? { digest: whole }
  return {
    SPDXID,
    name,
    versionInfo: version ?? digest,
    primaryPackagePurpose: "CONTAINER",
    ...unknown,
    licenseDeclared: validLicense(license) ?? none,
    checksums: [{ algorithm: "SHA256", checksumValue: digest.replace("sha256:", "") }],
    externalRefs: [purlReference(imagePurl(name, digest, { repository, platform }))],
    ...(platform !== undefined && {
      comment: [`platform: ${platform}`, ...unreadNotes(image ? [image] : [])].join("\n"),
    }),
  }
}

function partPackage({ id, name, version, purl, sha256, license, cpe, note }: Part) {
  const references = [
    ...(purl === undefined ? [] : [purlReference(purl)]),
    ...(cpe === undefined
      ? []
      : [
          {
            referenceCategory: "SECURITY",
            referenceType: "cpe23Type",
            referenceLocator: cpe,
          },
        ]),
  ]
  const valid = validLicense(license)
  return {
    SPDXID: partId(id),
    name,
    ...(version !== "" && { versionInfo: version }),
    ...unknown,
    licenseDeclared: valid ?? none,
    ...(license !== undefined && valid === undefined && { licenseComments: license }),
    ...(sha256 !== undefined && {
      checksums: [{ algorithm: "SHA256", checksumValue: sha256 }],
    }),
    ...(references.length > 0 && { externalRefs: references }),
    ...(note !== undefined && { comment: note }),
  }
}

/** By itself, since all of its files are listed here, as a package of files must have it; of those of a base, few are. */
function filesPackage(image: ImageFacts, index: number) {
  return {
    SPDXID: filesId(index),
    name: "programs and files on the base image",
    ...unknown,
    filesAnalyzed: true,
    packageVerificationCode: { packageVerificationCodeValue: verificationCode(filesOf(image)) },
    licenseDeclared: none,
  }
}

/** https://spdx.github.io/spdx-spec/v2.3/package-information/#79-package-verification-code-field */
function verificationCode(files: readonly FileFacts[]): string {
  const sums = files.map(({ sha1 }) => sha1).sort()
  return createHash("sha1").update(sums.join("")).digest("hex")
}

function purlReference(referenceLocator: string) {
  return { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator }
}

function fileElement({ file, sha256, sha1 }: FileFacts, image: number, isProgram: boolean) {
  return {
    SPDXID: fileId(file, image),
    fileName: `.${file}`,
    ...(isProgram && { fileTypes: ["BINARY"] }),
    checksums: [
      { algorithm: "SHA1", checksumValue: sha1 },
      { algorithm: "SHA256", checksumValue: sha256 },
    ],
    licenseConcluded: none,
    copyrightText: none,
  }
}

function relationshipsOf(
  { image, programs, system }: ImageParts,
  index: number,
  imageId: string,
): Relationship[] {
  const main = [...new Set(programs.map((each) => each.main))]
  const linked = new Map(main.map((each) => [each, new Set<Part>()]))
  for (const each of programs) for (const part of each.linked) linked.get(each.main)?.add(part)
  return [
    relationship(imageId, "CONTAINS", filesId(index)),
    ...filesOf(image).map(({ file }) =>
      relationship(filesId(index), "CONTAINS", fileId(file, index)),
    ),
    ...programs.map(({ program, main }) =>
      relationship(fileId(program.file, index), "GENERATED_FROM", partId(main.id)),
    ),
    ...[...main, ...system].map(({ id }) => relationship(imageId, "CONTAINS", partId(id))),
    ...[...linked].flatMap(([from, parts]) =>
      [...parts].map(({ id }) => relationship(partId(from.id), "DEPENDS_ON", partId(id))),
    ),
    ...[...new Set([...linked.values()].flatMap((parts) => [...parts]))].map(({ id }) =>
      relationship(imageId, "CONTAINS", partId(id)),
    ),
  ]
}

function partId(id: string): string {
  return `SPDXRef-Package-${id}`
}

function filesId(image: number): string {
  return `SPDXRef-Files-${image + 1}`
}

/** Paths have more characters than an identifier may. */
function fileId(file: string, image: number): string {
  return `SPDXRef-File-${nameUuid(`${image} ${file}`)}`
}
