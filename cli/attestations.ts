import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { UserError } from "../src/errors.js"
import { parseReference, repositoryName } from "../src/reference.js"
import type { SbomFacts } from "../src/sbom/facts.js"
import { sbomFormatOf } from "../src/sbom/format-of.js"
import { unreadNotes } from "../src/sbom/os-packages.js"
import type { BuildFacts } from "../src/sbom/provenance.js"
import type { Request } from "./arguments.js"
import { HalfPushed, TemporaryFailure } from "./errors.js"
import { writeResult } from "./result-files.js"
import { withRetries } from "./retry.js"

/** What an image was built from, and what came out. */
export interface Made {
  /** Asked once the image is there: the engine tells its base images meanwhile. */
  build: () => BuildFacts
  signal: AbortSignal
  say: (line: string) => void
}

/** SBOM and provenance of one image: as files, and attached where it was pushed. */
export class Attestations {
  private facts: SbomFacts | undefined
  private readonly failures: string[] = []
  private isTemporary = true

  constructor(
    private readonly request: Pick<Request, "sbom" | "provenance" | "attest" | "push">,
    private readonly made: Made,
  ) {}

  get areFiles(): boolean {
    return this.request.sbom !== undefined || this.request.provenance !== undefined
  }

  /** Of an image in a file, which need not stay. */
  async writeFor({ path, tags }: { path: string; tags: string[] }): Promise<void> {
    if (!this.areFiles) return
    const [tag] = tags
    const name = tag === undefined ? undefined : nameOf(tag)
    this.write(await asOurs(() => bundle().factsOfArchive(path, name)))
  }

  /** Of one that was pushed: to each of its repositories. That one refuses is told at the end. */
  async attachTo(tags: readonly string[], digest: string | undefined): Promise<void> {
    const isAttached = this.request.attest === "referrers"
    if (digest === undefined || !(isAttached || this.areFiles)) return
    for (const name of new Set(tags.map(nameOf))) {
      const reference = `${name}@${digest}`
      try {
        await withRetries(() => asOurs(() => this.attach(reference, isAttached)), this.made)
        if (isAttached) this.made.say(`attached SBOM and provenance to ${reference}`)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        this.isTemporary &&= error instanceof TemporaryFailure
        const [reason = ""] = error.message.split("\n")
        this.failures.push(`${reference}: ${reason}`)
      }
    }
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

  private async attach(reference: string, isAttached: boolean): Promise<void> {
    const { signal, build } = this.made
    const { factsOfPushed, attachDocuments } = bundle()
    if (!this.facts) this.write(await factsOfPushed(reference, signal))
    if (!isAttached || !this.facts) return
    const format = sbomFormatOf(this.request.sbom ?? "")
    await attachDocuments(reference, this.facts, { build: build(), format, signal })
  }

  private write(facts: SbomFacts): void {
    this.facts = facts
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

/** Beside this one: script/lib.sh makes it. */
function bundle(): typeof import("./attest/main.js") {
  const load = createRequire(import.meta.url)
  return load(
    fileURLToPath(new URL("attest.cjs", import.meta.url)),
  ) as typeof import("./attest/main.js")
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
