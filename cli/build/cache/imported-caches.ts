import { existsSync } from "node:fs"
import { describeCache, type CacheLocation } from "../../cache/cache-location.js"
import { whyNotThere } from "../../cache/local-cache.js"
import { BuildFailed, NotDelivered, type ProgressEvent } from "../../engine/engine.js"
import type { Request } from "../../request.js"
import { parseReference } from "../../../src/reference.js"
import { cacheTimeout } from "./cache-watch.js"
import { importsOf } from "./build-cache.js"
import type { Planned } from "../planned.js"

/** As long as a registry may take to answer whether it has a cache. */
const importSeconds = 30

/** The caches that a builder imports, until one of them makes a build fail, and what a person is told of them. */
export class ImportedCaches {
  private isGivenUp = false
  /** Those of registries that give no answer, as they are described. */
  private silent: ReadonlySet<string> = new Set()
  private asked?: Promise<void>
  private readonly told = new Set<string>()

  constructor(
    private readonly request: Pick<Request, "cacheFrom" | "cacheTo" | "stallTimeout">,
    private readonly say: (line: string) => void,
  ) {}

  /** Before a build: once, however many there are. */
  ready(signal: AbortSignal): Promise<void> {
    return (this.asked ??= this.ask(signal))
  }

  /** Undefined where there is none. */
  of(planned: Pick<Planned, "dependencies">): CacheLocation[] | undefined {
    const from = this.request.cacheFrom.filter((each) => !this.isSilent(each))
    return this.isGivenUp || from.length === 0 ? undefined : importsOf(from, planned)
  }

  /** BuildKit waits without end for a registry that takes a connection, and cannot be told to stop it. */
  private async ask(signal: AbortSignal): Promise<void> {
    const registries = this.request.cacheFrom.filter(({ type }) => type === "registry")
    if (registries.length === 0) return
    const { registryIsSilent } = await import("../../bases/registry.js")
    const seconds = cacheTimeout(importSeconds, this.request.stallTimeout)
    const silent = await Promise.all(
      registries.map(async (each) => {
        const reference = parseReference(each.attributes["ref"] ?? "")
        return (await registryIsSilent(reference, seconds * 1000, signal)) ? [each] : []
      }),
    )
    this.silent = new Set(silent.flat().map(describeCache))
    for (const where of this.silent) this.tell(where, `no answer for ${seconds} s`)
  }

  /** To write such a one would be to wait once more. */
  isSilent(location: CacheLocation): boolean {
    return this.silent.has(describeCache(location))
  }

  /** Whether to build once more, without them, since what failed may have been to read what they promise. */
  giveUp(error: unknown): boolean {
    if (this.isGivenUp || !mayBeOfCache(error)) return false
    this.isGivenUp = true
    const [first, ...others] = this.request.cacheFrom.map(describeCache)
    const names = others.length > 0 ? `one of ${[first, ...others].join(", ")}` : (first ?? "")
    const reason = error instanceof BuildFailed ? error.output : (error as Error).message
    this.say(
      `note: the build cache is damaged and not used: ${names}: ${shortReason(reason.trim())}`,
    )
    return true
  }

  /** But for one in the folder that this build makes it in. */
  tellMissing(): void {
    const { cacheFrom, cacheTo } = this.request
    for (const location of cacheFrom.filter(({ type }) => type === "local")) {
      const { src = "" } = location.attributes
      const isMade = src === cacheTo?.attributes["dest"] && !existsSync(src)
      const reason = whyNotThere(location)
      if (reason === undefined || isMade) continue
      this.tell(describeCache(location), reason)
    }
  }

  /** One that is not there yet, as at the first build, is no failure. */
  see(event: ProgressEvent): void {
    if (event.type !== "step-done" || event.error === undefined) return
    const [, from] = /^importing cache manifest from (.*)$/.exec(event.name) ?? []
    if (from === undefined || /not ?found/i.test(event.error)) return
    // Of others than registries, BuildKit has a number in place of a name.
    const known = this.request.cacheFrom.find(
      ({ type }) => type !== "registry" && from.startsWith(`${type}:`),
    )
    this.tell(known ? describeCache(known) : from, event.error)
  }

  /** Once, in however many builds it is of no use. */
  private tell(where: string, reason: string): void {
    if (this.told.has(where)) return
    this.told.add(where)
    this.say(`note: the build cache was not read from ${where}: ${shortReason(reason)}`)
  }
}

/**
 * A layer that a cache has is fetched when a step or the image needs it, and fails that: one that is cut short, changed, or
 * not there. A program that ran and a file that is missing in the project are not of it.
 */
function mayBeOfCache(error: unknown): boolean {
  if (error instanceof BuildFailed) {
    return error.exitCode === undefined && !/"\/[^"]*": not found$/.test(error.output.trim())
  }
  return error instanceof NotDelivered && unreadable.test(error.message)
}

const unreadable =
  /\bshort read\b|unexpected commit (?:digest|size)|httpReadSeeker|could not fetch content descriptor|failed to copy: |\bblob \S+: not found|: invalid checksum|NoSuchKey/

/** Of what BuildKit says, in its own words, those that tell why. */
export function shortReason(reason: string): string {
  const [line = ""] = reason.split("\n")
  // Azure's begins with the request.
  const [, response] = /^RESPONSE \d{3}: (.+)$/m.exec(reason) ?? []
  if (response !== undefined) return response
  // Of a request that a server refuses, its answer.
  const [, address, answer] =
    /unexpected status from \w+ request to (https?:\/\/[^/\s]+)\S*: (\d{3} .*)$/.exec(line) ?? []
  if (answer !== undefined) return `${new URL(address ?? "").host} answers ${answer}`
  return line
    .replace(/^.* refused the build: /, "")
    .replace(
      /^(?:failed to [^:"]*(?:"[^"]*")?: |failed commit on ref "[^"]*": |the build's cache could not be exported: )+/,
      "",
    )
}
