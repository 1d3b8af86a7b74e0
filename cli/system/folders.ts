import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { InternalError } from "../../src/errors.js"

/** What may be deleted at any time and is made again when needed: tools, base images, BuildKit's state. */
export function cacheFolder(): string {
  // The XDG specification has a relative path ignored.
  const base = process.env.XDG_CACHE_HOME
  return join(base?.startsWith("/") ? base : join(homedir(), ".cache"), "go-image")
}

/** The Go module, with its own go.mod and go.sum, that pins buildkitd and buildctl. */
export function buildkitModule(): string {
  // Looked for upwards because this file may run from its place in the source or from a bundle.
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, "cli/engine/embedded/buildkit")
    if (existsSync(join(candidate, "go.mod"))) return candidate
    if (folder === dirname(folder))
      throw new InternalError("cli/engine/embedded/buildkit/go.mod not found")
  }
}
