import type { GitState } from "../../git-state.js"
import { isoTime } from "../../iso-time.js"
import type { Decision } from "../../plan/types.js"
import { parseReference } from "../../reference.js"
import type { Settings } from "../../settings/resolve.js"
import { settingNames } from "../../settings/table/table.js"
import { homepage, version as toolVersion } from "../../version.js"
import type { SbomFacts } from "../facts.js"
import { toJson } from "./identifiers.js"
import { takeInventory } from "../inventory.js"
import { plainGoVersion } from "./purl.js"

/** What a build knows of itself, besides what the image says. */
export interface BuildFacts {
  /** Who carried it out, a URI; by default, go-image on somebody's machine. */
  builderId?: string
  settings: Settings
  target?: string
  git?: GitState
  /** Where in the repository the project is. */
  folder?: string
  decisions: readonly Decision[]
  /** With their digests, as far as they are known. */
  baseImages: readonly { name: string; digest?: string }[]
  sourceDateEpoch?: number
}

/** What docs/provenance.md is about. */
export const buildType = `${homepage}/blob/main/docs/provenance.md`

export const inTotoMediaType = "application/vnd.in-toto+json"
export const provenanceType = "https://slsa.dev/provenance/v1"

/** in-toto has them like this: https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md */
interface ResourceDescriptor {
  name?: string
  uri?: string
  digest?: Record<string, string>
  annotations?: Record<string, unknown>
}

/** SLSA's provenance of an image, as a statement of in-toto: https://slsa.dev/spec/v1.0/provenance */
export function provenanceStatement(image: SbomFacts, build: BuildFacts): string {
  const { builderId = homepage, target, folder, decisions, sourceDateEpoch } = build
  const source = sourceOf(build)
  return toJson(
    statementOf(image, provenanceType, {
      buildDefinition: {
        buildType,
        externalParameters: {
          ...(source?.uri !== undefined && { source: source.uri }),
          ...(folder && { folder }),
          ...(target !== undefined && { target }),
          options: givenOptions(build.settings),
          platforms: image.images.map(({ platform }) => platform),
        },
        internalParameters: {
          decisions: decisions.map(({ what, value, from }) => ({
            what,
            value: withoutPassword(value),
            from: withoutPassword(from),
          })),
        },
        resolvedDependencies: [...(source ? [source] : []), ...materials(image, build)],
      },
      runDetails: {
        builder: { id: builderId, version: { "go-image": toolVersion } },
        ...(sourceDateEpoch !== undefined && {
          metadata: { startedOn: isoTime(sourceDateEpoch) },
        }),
      },
    }),
  )
}

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement {
  _type: "https://in-toto.io/Statement/v1"
  subject: ResourceDescriptor[]
  predicateType: string
  predicate: object
}

export function statementOf(image: SbomFacts, predicateType: string, predicate: object): Statement {
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjects(image),
    predicateType,
    predicate,
  }
}

/** The index, and the images that it leads to: whoever asks may know either. */
function subjects({ name, digest, images }: SbomFacts): ResourceDescriptor[] {
  const digests = new Set([digest, ...images.map((each) => each.digest)])
  return [...digests].map((each) => ({ name, digest: digestSet(each) }))
}

function digestSet(digest: string): Record<string, string> {
  const [algorithm = "", hex = ""] = digest.split(":")
  return { [algorithm]: hex }
}

/** Those of the command line and its environment; what the project's own files say is in the source. */
function givenOptions(settings: Settings): Record<string, unknown> {
  const given = settingNames.flatMap((name): [string, unknown][] => {
    const setting = settings[name]
    if (!setting || (setting.byProject && !setting.byCaller)) return []
    const texts = [setting.byCaller ?? setting.value]
      .flat()
      .map((each) => (typeof each === "string" ? withoutPassword(each) : each))
    return [[name, Array.isArray(setting.value) ? texts : texts[0]]]
  })
  return Object.fromEntries(given)
}

/** A proxy's address may have one: `https://user:password@proxy.example.com`. */
function withoutPassword(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, "$1")
}

function sourceOf({ git }: BuildFacts): ResourceDescriptor | undefined {
  if (!git) return undefined
  const { remote, revision, modified } = git
  return {
    name: "source",
    ...(remote !== undefined && { uri: `git+${withoutPassword(remote)}@${revision}` }),
    digest: { gitCommit: revision },
    // The commit alone does not say what was built.
    ...(modified && { annotations: { modified } }),
  }
}

function materials(image: SbomFacts, { baseImages }: BuildFacts): ResourceDescriptor[] {
  const programs = image.images.flatMap(({ programs }) => programs)
  const toolchains = [...new Set(programs.map(({ goVersion }) => plainGoVersion(goVersion)))]
  const modules = takeInventory(image).parts.filter(
    ({ kind, name, sha256, purl }) =>
      kind === "module" && name !== "stdlib" && sha256 !== undefined && purl !== undefined,
  )
  return [
    ...baseImages.map(({ name, digest }) => ({
      name,
      uri: imageUri(name),
      ...(digest !== undefined && { digest: digestSet(digest) }),
    })),
    ...toolchains.map((each) => ({
      name: "go",
      uri: `pkg:golang/golang.org/toolchain@${encodeURIComponent(`go${each}`)}`,
    })),
    ...modules.map(({ name, purl = "", sha256 = "" }) => ({
      name,
      uri: purl,
      digest: { dirHash: sha256 },
    })),
  ]
}

/** As BuildKit names its materials. */
function imageUri(name: string): string {
  const { registry, repository, tag, digest } = parseReference(name)
  const path =
    registry === "docker.io" ? repository.replace(/^library\//, "") : `${registry}/${repository}`
  return `pkg:docker/${path}@${encodeURIComponent(tag ?? digest ?? "latest").replaceAll("%3A", ":")}`
}
