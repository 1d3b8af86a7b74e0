import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { writeAtomically } from "../system/atomic.js"
import type { OciLayout } from "../engine/engine.js"
import { cacheFolder } from "../system/folders.js"
import { FileLock } from "../system/lock.js"
import { layoutVersion } from "../image/layout.js"
import type { Report } from "../terminal/report.js"
import { removeUnusedBlobs } from "./unused.js"

const day = 24 * 3600 * 1000

/** Debian's packages get corrections every few days; an image of Docker Hub is made again about once a month. */
const oldAfterDays = 30

/** Makes an image, and gives its digest. `again` is why, where there is one already. */
export type Make = (again: string | undefined) => Promise<string>

export interface About {
  /** Its reference, for people. */
  image: string
  report: Report
  signal?: AbortSignal
}

/**
 * The base images that were made on this machine: one OCI layout in the cache, so that images share their layers, and a
 * record per image, written when all of the image is there.
 */
export class BaseStore {
  readonly folder = join(cacheFolder(), "bases")
  /** An empty folder for files of the image that is being made. */
  readonly workspace = join(this.folder, "work")
  /** Whose age was said. */
  private readonly told = new Set<string>()

  constructor() {
    mkdirSync(join(this.folder, "blobs/sha256"), { recursive: true })
    mkdirSync(join(this.folder, "records"), { recursive: true })
    if (!existsSync(join(this.folder, "oci-layout"))) {
      writeAtomically(join(this.folder, "oci-layout"), layoutVersion)
    }
  }

  /**
   * The image of that name, made by `make` unless it is there and not old; two processes never make images at the same time.
   * An old one is used if it cannot be made again.
   */
  async get(name: string, make: Make, { image, report, signal }: About): Promise<OciLayout> {
    const known = this.find(name)
    if (known && !this.isDue(name)) {
      this.tellAge(name, image, report)
      return known
    }
    const onWait = () => {
      report.say(`waiting for another go-image, which makes base images; then ${image}`)
    }
    const lock = await FileLock.exclusive(join(this.folder, "lock"), { signal, onWait })
    try {
      const old = this.find(name)
      if (!old) return this.record(name, await this.work(() => make(undefined)))
      // Another process may have been faster.
      if (!this.isDue(name)) return old
      return await this.renew(name, old, make, { image, report, signal })
    } finally {
      await lock.release()
    }
  }

  private async renew(
    name: string,
    old: OciLayout,
    make: Make,
    { image, report, signal }: About,
  ): Promise<OciLayout> {
    try {
      const made = await this.work(() => make(`${this.age(name)} days old`))
      const layout = this.record(name, made)
      this.removeUnused(old)
      return layout
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof Error)) throw error
      writeAtomically(this.tried(name), "")
      const [why = ""] = error.message.split("\n")
      report.say(`${image} could not be made again, so the existing one is used: ${why}`)
      this.tellAge(name, image, report)
      return old
    }
  }

  /** But for an image that was in use until now: builds that have begun go on with it. */
  private removeUnused(replaced: OciLayout): void {
    const records = readdirSync(join(this.folder, "records"))
    // Such as those that stood on a Debian that is no more.
    const kept = records.filter((name) => {
      if (this.age(name) < 3 * oldAfterDays) return true
      rmSync(this.recordOf(name))
      return false
    })
    const digests = kept.flatMap((name) => this.find(name)?.digest ?? [])
    removeUnusedBlobs(this.folder, [...digests, replaced.digest])
  }

  /** Old, and no attempt was made today to make it again. */
  private isDue(name: string): boolean {
    if (this.age(name) < oldAfterDays) return false
    const tried = statSync(this.tried(name), { throwIfNoEntry: false })
    return tried === undefined || Date.now() - tried.mtimeMs > day
  }

  private tried(name: string): string {
    return join(this.folder, `tried-${name}`)
  }

  /** In days. */
  private age(name: string): number {
    return Math.floor((Date.now() - statSync(this.recordOf(name)).mtimeMs) / day)
  }

  private tellAge(name: string, image: string, report: Report): void {
    const age = this.age(name)
    // An image may be a base of the build, and of another image that is.
    if (age === 0 || this.told.has(name)) return
    this.told.add(name)
    report.say(`${image}: made on this machine ${age} ${age === 1 ? "day" : "days"} ago`)
  }

  private recordOf(name: string): string {
    return join(this.folder, "records", name)
  }

  find(name: string): OciLayout | undefined {
    const record = this.recordOf(name)
    if (!existsSync(record)) return undefined
    const digest = readFileSync(record, "utf8").trim()
    return existsSync(this.blob(digest)) ? { path: this.folder, digest } : undefined
  }

  /** Whether any image was made here. */
  get isEmpty(): boolean {
    return readdirSync(join(this.folder, "records")).length === 0
  }

  /** Path of a blob. */
  blob(digest: string): string {
    return join(this.folder, "blobs", ...digest.split(":"))
  }

  /** Who has the lock has the workspace to itself, whatever a process that was killed may have left there. */
  private async work(make: () => Promise<string>): Promise<string> {
    rmSync(this.workspace, { recursive: true, force: true })
    mkdirSync(this.workspace)
    try {
      return await make()
    } finally {
      rmSync(this.workspace, { recursive: true, force: true })
    }
  }

  private record(name: string, digest: string): OciLayout {
    writeAtomically(this.recordOf(name), `${digest}\n`)
    return { path: this.folder, digest }
  }
}
