import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { writeAtomically } from "../engine/atomic.js"
import type { OciLayout } from "../engine/engine.js"
import { cacheFolder } from "../engine/folders.js"
import { FileLock } from "../engine/lock.js"
import { layoutVersion } from "../image/layout.js"

/**
 * The base images that were made on this machine: one OCI layout in the cache, so that images share their layers, and a
 * record per image, written when all of the image is there.
 */
export class BaseStore {
  readonly folder = join(cacheFolder(), "bases")
  /** An empty folder for files of the image that is being made. */
  readonly workspace = join(this.folder, "work")

  constructor() {
    mkdirSync(join(this.folder, "blobs/sha256"), { recursive: true })
    mkdirSync(join(this.folder, "records"), { recursive: true })
    if (!existsSync(join(this.folder, "oci-layout"))) {
      writeAtomically(join(this.folder, "oci-layout"), layoutVersion)
    }
  }

  /** The image of that name, made by `make` unless it is there; two processes never make images at the same time. */
  async get(name: string, make: () => Promise<string>, signal?: AbortSignal): Promise<OciLayout> {
    const known = this.find(name)
    if (known) return known
    const lock = await FileLock.exclusive(join(this.folder, "lock"), signal)
    try {
      return this.find(name) ?? this.record(name, await this.work(make))
    } finally {
      await lock.release()
    }
  }

  find(name: string): OciLayout | undefined {
    const record = join(this.folder, "records", name)
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
    writeAtomically(join(this.folder, "records", name), `${digest}\n`)
    return { path: this.folder, digest }
  }
}
