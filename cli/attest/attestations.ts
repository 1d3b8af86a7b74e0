import { fileURLToPath } from "node:url"
import { UserError } from "../../src/errors.js"
import { groupBy } from "../../src/group-by.js"
import { parseReference, repositoryName } from "../../src/reference.js"
import type { SbomFacts } from "../../src/sbom/facts.js"
import { sbomFormatOf } from "../../src/sbom/documents/format-of.js"
import { unreadNotes } from "../../src/sbom/os-packages.js"
import type { BuildFacts } from "../../src/sbom/documents/provenance.js"
import type { ImageMetadata, ProgressEvent } from "../engine/engine.js"
import { HalfPushed, TemporaryFailure } from "../errors.js"
import type { Descriptor } from "../image/oci.js"
import type { Described, Done } from "./main.js"
import { loadBundle } from "../start/load-bundle.js"
import { writeResult } from "../build/result-files.js"
import { withRetries } from "../engine/retry.js"
import type { Request } from "../request.js"

/** What an image was built from, and what came out. */
export interface Made {
  /** Asked once the image is there: the engine tells its base images meanwhile. */
  build: () => BuildFacts
  /** With what the engine knows, and the image does not say. */
  complete: (facts: SbomFacts) => Promise<SbomFacts>
  /** The same while the engine is still at work; undefined where it has to be asked. */
  completeEarly: (facts: SbomFacts) => SbomFacts | undefined
  /** Of the engine, where it is on this machine: see Engine. */
  state?: string
  signal: AbortSignal
  say: (line: string) => void
}

/** As BuildKit calls what makes an image, and pushes it. */
const exportStep = "exporting to image"

/** What was begun before the image was there. */
interface Begun {
  digest: string
  /** Attaches it; undefined where that fails. Once, however often it is called. */
  finish: () => Promise<Done | undefined>
}

/** SBOM and provenance of one image: as files, and attached where it was pushed. */
export class Attestations {
  /** Once it was read, in whichever registry it is. */
  private described: Described | undefined
  /** With what the image does not say. */
  private completed: Described | undefined
  private isWritten = false
  /** By repository, what was begun while the image was on its way there. */
  private readonly begun = new Map<string, Begun>()
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

  /**
   * While the engine is at work: what takes time here is done while it pushes, and only what needs the image to be there
   * is left for later.
   *
   * @param tags Those that it pushes.
   */
  see(event: ProgressEvent, tags: readonly string[]): void {
    const { state } = this.made
    if (state === undefined || !this.request.push || !this.areWanted) return
    if (event.type === "step-done" && event.name === exportStep && event.error === undefined) {
      for (const { finish } of this.begun.values()) void finish()
    }
    if (event.type !== "transfer") return
    const [, digest] = /^exporting manifest (?:list )?(sha256:[0-9a-f]{64})$/.exec(event.what) ?? []
    if (digest !== undefined) this.exported = digest
    // The engine is busy with them, and we are not.
    if (event.what === "exporting layers") bundle()
    const { exported } = this
    if (event.what === "pushing layers" && exported !== undefined) this.begin(state, exported, tags)
  }

  private begin(state: string, digest: string, tags: readonly string[]): void {
    const open = [...groupBy(tags, nameOf)].filter(([name]) => !this.begun.has(name))
    if (open.length === 0) return
    const reading = this.described ?? bundle().describeStored(state, digest)
    for (const [name, own] of open) {
      const prepared = Promise.resolve(reading).then(async (described) => {
        if (described?.facts.digest !== digest) return undefined
        this.described = described
        const facts = this.made.completeEarly(described.facts)
        if (!facts) return undefined
        this.completed = { ...described, facts }
        return this.prepare(`${name}@${digest}`, own, this.completed)
      })
      let finished: Promise<Done | undefined> | undefined
      // What goes wrong is met again, and told, once the image is there.
      const attempt = () => prepared.then((attach) => attach?.()).catch(() => undefined)
      prepared.catch(() => undefined)
      this.begun.set(name, { digest, finish: () => (finished ??= attempt()) })
    }
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
    for (const [name, own] of groupBy(tags, nameOf)) {
      const reference = `${name}@${digest}`
      try {
        const index = await withRetries(
          () => asOurs(() => this.attach(name, digest, own)),
          this.made,
        )
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
      ? "Push again later: this attaches them to the same image."
      : "Log in with the right to push there, or push the image alone: --attest off"
    return new HalfPushed(`the image was pushed, but its SBOM and provenance were not`, {
      hint: [...this.failures, advice].join("\n"),
    })
  }

  /** @returns The index that the tags lead to now, if there is one. */
  private async attach(
    name: string,
    digest: string,
    tags: readonly string[],
  ): Promise<Descriptor | undefined> {
    const reference = `${name}@${digest}`
    const begun = this.begun.get(name)
    // What failed there is done again, as in another attempt.
    this.begun.delete(name)
    const done = begun?.digest === digest ? await begun.finish() : undefined
    const described = await this.describe(reference, digest)
    if (!this.isWritten) this.write(bundle().namedFacts(described.facts, reference))
    this.isWritten = true
    return (done ?? (await (await this.prepare(reference, tags, described))())).index
  }

  private async describe(reference: string, digest: string): Promise<Described> {
    if (this.completed?.facts.digest === digest) return this.completed
    const early = this.described?.facts.digest === digest ? this.described : undefined
    const { image, facts } = early ?? (await bundle().describePushed(reference, this.made.signal))
    return (this.completed = { image, facts: await this.made.complete(facts) })
  }

  private async prepare(
    reference: string,
    tags: readonly string[],
    described: Described,
  ): Promise<() => Promise<Done>> {
    const { attest, sbom } = this.request
    const { signal, build } = this.made
    if (attest === "off") return () => Promise.resolve({})
    return bundle().prepareDocuments(reference, described, {
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

type Bundle = typeof import("./main.js")

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
