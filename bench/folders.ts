import { mkdirSync, symlinkSync, existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { cacheFolder } from "../cli/system/folders.js"

/** Captured before the engine's cache is moved. */
const usual = cacheFolder()

/** All that the bench keeps: projects, ko, and an engine's state of its own. May be deleted at any time. */
export function benchFolder(): string {
  return join(dirname(usual), "go-image-bench")
}

/**
 * From here on, go-image's cache is one of the bench's own: what is measured neither gains from builds of other projects
 * nor harms them. Only what is set up once, and is not measured, is shared.
 */
export function moveCache(): void {
  const home = join(benchFolder(), "engine")
  mkdirSync(join(home, "go-image"), { recursive: true })
  for (const name of ["tools", "bases"]) {
    mkdirSync(join(usual, name), { recursive: true })
    const link = join(home, "go-image", name)
    if (!existsSync(link)) symlinkSync(join(usual, name), link)
  }
  process.env.XDG_CACHE_HOME = home
}

/** Working copies and output; emptied at the end. */
export function workFolder(): string {
  return join(benchFolder(), "work")
}
