import { fileURLToPath } from "node:url"
import { UserError } from "../src/errors.js"
import { parseReference, repositoryName } from "../src/reference.js"
import type { SbomFacts } from "../src/sbom/facts.js"
import { sbomFormatOf } from "../src/sbom/format-of.js"
import { unreadNotes } from "../src/sbom/os-packages.js"
import type { BuildFacts } from "../src/sbom/provenance.js"
import type { Request } from "./arguments.js"
import type { ImageMetadata, ProgressEvent } from "./engine/engine.js"
import { HalfPushed, TemporaryFailure } from "./errors.js"
import type { Descriptor } from "./image/oci.js"
import { loadBundle } from "./load-bundle.js"
import { writeResult } from "./result-files.js"
import { withRetries } from "./retry.js"

/** What an image was built from, and what came out. */
export interface Made {
  /** Asked once the image is there: the engine tells its base images meanwhile. */
  build: () => BuildFacts
  /** With what the engine knows, and the image does not say. */
  complete: (facts: SbomFacts) => Promise<SbomFacts>
  /** Of the engine, where it is on this machine: see Engine. */
  state?: string
  signal: AbortSignal
  say: (line: string) => void
}

/** SBOM and provenance of one image: as files, and attached where it was pushed. */
export class Attestations {
  private facts: SbomFacts | undefined
  /** Read while the image is on its way to the registry; undefined where that could not be. */
  private early: Promise<SbomFacts | undefined> | undefined
  private exported: string | undefined
  private readonly failures: string[] = []
  private isTemporary = true

  constructor(
    private readonly request: Pick<Request, "sbom" | "provenance" | "attest" | "push">,
    private readonly made: Made,
  ) {}

  get areFiles(): boolean {
    return this.request.sbom !== undefined || this.request.provenance !== undefined
  }

  private get areWanted(): boolean {
    return this.areFiles || (this.request.push && this.request.attest !== "off")
  }

  /** While the engine is at work; what takes time here is done while it pushes. */
  see(event: ProgressEvent): void {
    if (event.type !== "transfer" || !this.areWanted) return
    const { state } = this.made
    const [, digest] = /^exporting manifest (?:list )?(sha256:[0-9a-f]{64})$/.exec(event.what) ?? []
    if (digest !== undefined) this.exported = digest
    const { exported } = this
    if (event.what !== "pushing layers" || exported === undefined || state === undefined) return
    this.early ??= bundle().factsOfStored(state, exported)
  }

  /** Of an image in a file, which need not stay. */
  async writeFor({ path, tags }: { path: string; tags: string[] }): Promise<void> {
    if (!this.areFiles) return
    const [tag] = tags
    const name = tag === undefined ? undefined : nameOf(tag)
    const facts = await asOurs(() => bundle().factsOfArchive(path, name))
    // A provenance names no licenses.
    this.write(this.request.sbom === undefined ? facts : await this.made.complete(facts))
  }

  /**
   * Of one that was pushed: to each of its repositories. That one refuses is told at the end.
   *
   * @returns What is known of the image then.
   */
  async attachTo(tags: readonly string[], metadata: ImageMetadata): Promise<ImageMetadata> {
    const digest = metadata["containerimage.digest"]
    if (digest === undefined || !this.areWanted) return metadata
    let known = metadata
    for (const name of new Set(tags.map(nameOf))) {
      const reference = `${name}@${digest}`
      const own = tags.filter((tag) => nameOf(tag) === name)
      try {
        const index = await withRetries(() => asOurs(() => this.attach(reference, own)), this.made)
        if (index) known = withIndex(metadata, index)
        if (this.request.attest !== "off") {
          const attached = `${name}@${index?.digest ?? digest}`
          this.made.say(`attached SBOM and provenance to ${attached}`)
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        this.isTemporary &&= error instanceof TemporaryFailure
        const [reason = ""] = error.message.split("\n")
        this.failures.push(`${reference}: ${reason}`)
      }
    }
    return known
  }

  /** Undefined where all is as it was asked for. */
  get failure(): HalfPushed | undefined {
    if (this.failures.length === 0) return undefined
    const advice = this.isTemporary
      ? "That may pass: push again, which attaches them to the same image."
      : "Log in with the right to push there, or push the image alone: --attest off"
    return new HalfPushed(`the image was pushed, its SBOM and provenance were not`, {
      hint: [...this.failures, advice].join("\n"),
    })
  }

  private async attach(
    reference: string,
    tags: readonly string[],
  ): Promise<Descriptor | undefined> {
    const { signal, build } = this.made
    const { attest, sbom } = this.request
    const { factsOfPushed, attachDocuments, namedFacts } = bundle()
    if (!this.facts) {
      const early = await this.early
      const isSame = early !== undefined && reference.endsWith(`@${early.digest}`)
      const read = isSame ? early : await factsOfPushed(reference, signal)
      this.facts = await this.made.complete(read)
      this.write(namedFacts(this.facts, reference))
    }
    if (attest === "off") return undefined
    return attachDocuments(reference, this.facts, {
      ...{ build: build(), format: sbomFormatOf(sbom ?? ""), signal },
      asReferrers: attest !== "index",
      inIndex: attest !== "referrers",
      tags: tags.map((tag) => parseReference(tag).tag ?? "latest"),
    })
  }

  private write(facts: SbomFacts): void {
    for (const note of unreadNotes(facts.images)) this.made.say(`note: ${note}`)
    const { sbom, provenance } = this.request
    const { sbomDocument, provenanceStatement } = bundle()
    if (sbom !== undefined) writeResult(sbom, sbomDocument(facts, sbomFormatOf(sbom)))
    if (provenance !== undefined)
      writeResult(provenance, provenanceStatement(facts, this.made.build()))
  }
}

function nameOf(tag: string): string {
  return repositoryName(parseReference(tag))
}

/** Errors of the other bundle are of classes of its own. */
async function asOurs<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { name, message } = error as Error
    if (name === "UserError") throw new UserError(message)
    if (name !== "TemporaryFailure") throw error
    throw new TemporaryFailure(message, { retry: (error as TemporaryFailure).retry })
  }
}

type Bundle = typeof import("./attest/main.js")

let loaded: Bundle | undefined

/** Beside this one: script/lib.sh makes it. */
function bundle(): Bundle {
  return (loaded ??= loadBundle(fileURLToPath(new URL("attest.cjs", import.meta.url))) as Bundle)
}

/** The tags lead to the index now. */
function withIndex(metadata: ImageMetadata, index: Descriptor): ImageMetadata {
  const digest = index.digest
  return { ...metadata, "containerimage.digest": digest, "containerimage.descriptor": index }
}

/** Who builds, as far as the machine says it: https://slsa.dev/spec/v1.0/provenance#builder.id */
export function findBuilderId(
  { builderId }: Pick<Request, "builderId">,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { GITHUB_ACTIONS, GITHUB_SERVER_URL, GITHUB_WORKFLOW_REF } = environment
  const isGithub = GITHUB_ACTIONS === "true" && GITHUB_SERVER_URL && GITHUB_WORKFLOW_REF
  return builderId ?? (isGithub ? `${GITHUB_SERVER_URL}/${GITHUB_WORKFLOW_REF}` : undefined)
}
