import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { openLayout, type CachedLayout } from "../../../../cli/engine/layout-cache.js"

let cache: string

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "go-image-kept-"))
  vi.stubEnv("XDG_CACHE_HOME", cache)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

/** What an engine does: an image without anything in it. */
function writeImage({ folder }: CachedLayout, mark: string): void {
  const layout = join(folder, "layout")
  mkdirSync(join(layout, "blobs/sha256"), { recursive: true })
  writeFileSync(join(layout, "oci-layout"), mark)
  writeFileSync(join(layout, "index.json"), '{"schemaVersion":2,"manifests":[]}')
}

const take = (project: string) => openLayout(project, join(cache, "archive.tar"))

async function build(project: string): Promise<void> {
  const kept = take(project)
  kept.begin()
  writeImage(kept, project)
  await kept.commit()
  await kept.discard()
}

const stored = () => readdirSync(join(cache, "go-image/layouts"))

it("has what the last build left, but not its index", async () => {
  await build("/one")
  const kept = take("/one")
  expect(readdirSync(join(kept.folder, "layout")).sort()).toEqual(["blobs", "oci-layout"])
  await kept.discard()
})

it("is not shared by projects, nor by builds at the same time", async () => {
  await build("/one")
  const [first, second, other] = ["/one", "/one", "/other"].map(take)
  expect(existsSync(join(first!.folder, "layout"))).toBe(true)
  expect(existsSync(join(second!.folder, "layout"))).toBe(false)
  expect(existsSync(join(other!.folder, "layout"))).toBe(false)
  for (const kept of [first, second, other]) await kept!.discard()
})

it("is there again after a build that failed", async () => {
  await build("/one")
  await take("/one").discard()
  expect(stored()).toHaveLength(1)
})

it("is gone after an image that could not be written", async () => {
  await build("/one")
  const kept = openLayout("/one", join(cache, "no-such-folder/archive.tar"))
  kept.begin()
  writeImage(kept, "/one")
  await expect(kept.commit()).rejects.toThrow("no-such-folder")
  await kept.discard()
  expect(stored()).toEqual([])
})

it("is kept for the last projects only", async () => {
  for (let project = 0; project < 20; project++) await build(`/${project}`)
  expect(stored()).toHaveLength(16)
  const kept = take("/19")
  expect(existsSync(join(kept.folder, "layout"))).toBe(true)
  await kept.discard()
})
