import { existsSync } from "node:fs"
import { describeCache, type CacheLocation } from "../cache/cache-location.js"
import { whyNotThere } from "../cache/local-cache.js"
import { BuildFailed, NotDelivered, type ProgressEvent } from "../engine/engine.js"
import type { Request } from "../request.js"
import { CacheSilent } from "./cache-watch.js"
import { importsOf } from "./build-cache.js"
import type { Planned } from "./planned.js"

/** The caches that a builder imports, until one of them makes a build fail, and what a person is told of them. */
export class ImportedCaches {
  private isGivenUp = false
  private isSilent = false
  private readonly told = new Set<string>()

  constructor(
    private readonly request: Pick<Request, "cacheFrom" | "cacheTo">,
    private readonly say: (line: string) => void,
  ) {}

  /** Undefined where there is none. */
  of(planned: Pick<Planned, "dependencies">): CacheLocation[] | undefined {
    const { cacheFrom } = this.request
    return this.isGivenUp || cacheFrom.length === 0 ? undefined : importsOf(cacheFrom, planned)
  }

  /** Whether to build once more, without them, since what failed may have been to read what they promise. */
  giveUp(error: unknown): boolean {
    const isSilent = error instanceof CacheSilent
    if (this.isGivenUp || !(isSilent || mayBeOfCache(error))) return false
    this.isGivenUp = true
    this.isSilent = isSilent
    const [first, ...others] = this.request.cacheFrom.map(describeCache)
    const names = others.length > 0 ? `one of ${[first, ...others].join(", ")}` : (first ?? "")
    if (isSilent) {
      this.tell(names, error.message)
      return true
    }
    const reason = error instanceof BuildFailed ? error.output : (error as Error).message
    this.say(
      `note: the build cache is damaged and not used: ${names}: ${shortReason(reason.trim())}`,
    )
    return true
  }

  /** Whether a cache is one of those that gave no answer: to write it would be to wait once more. */
  isSilentAt(location: CacheLocation): boolean {
    const where = describeCache(location)
    return this.isSilent && this.request.cacheFrom.some((each) => describeCache(each) === where)
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
