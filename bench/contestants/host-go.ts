import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { run } from "../../cli/system/command.js"
import { benchFolder } from "../folders.js"
import type { Command } from "../measure.js"
import { programName, type Contestant } from "./contestant.js"

/** Caches of their own for those that compile on the host, so that they can be cold. */
export function hostCaches(name: string) {
  const folder = join(benchFolder(), `${name}-cache`)
  /** Addresses of archives, by the cache that they are. */
  const saved = new Map<string, string>()
  return {
    folder,
    env: {
      CGO_ENABLED: "0",
      GOCACHE: join(folder, "build"),
      GOMODCACHE: join(folder, "modules"),
      // Modules are read-only otherwise, and cannot just be removed.
      GOFLAGS: "-buildvcs=false -modcacherw",
      GOWORK: "off",
    },
    clear: () => {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
    bytes: async () => Number((await run(["du", "-sb", folder])).split("\t")[0]),
    /** As a CI provider's cache step does it: all of the folder, as one archive. */
    save: async (cache: string) => {
      const archive = `${folder}.tar.zst`
      await run(["tar", "--create", "--zstd", `--file=${archive}`, `--directory=${folder}`, "."])
      const body = readFileSync(archive)
      rmSync(archive)
      const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`
      const blobs = `http://${cache.replace(/:[^:/]*$/, "").replace("/", "/v2/")}/blobs`
      const begun = await fetch(`${blobs}/uploads/`, { method: "POST" })
      const place = new URL(begun.headers.get("location") ?? "", blobs)
      place.searchParams.set("digest", digest)
      const { ok, status } = await fetch(place, { method: "PUT", body })
      if (!ok) throw new Error(`the cache could not be saved: ${status}`)
      saved.set(cache, `${blobs}/${digest}`)
    },
    /** What comes before a build on a new machine; nothing before the first one. */
    restore: (cache: string): Command[] => {
      const url = saved.get(cache)
      if (url === undefined || existsSync(folder)) return []
      const script = 'mkdir -p "$0" && curl -fsS "$1" | tar --extract --zstd --directory="$0"'
      return [{ args: ["sh", "-c", script, folder, url], cwd: benchFolder() }]
    },
  }
}

/** The limit: what go-image has the compiler do, without making an image of it. */
export async function goBuild(): Promise<Contestant> {
  const caches = hostCaches("go-build")
  return {
    name: "go build",
    about: `${(await run(["go", "version"])).trim()}, on the host, no image`,
    usesEngine: false,
    obstacle: ({ cache }) => cache && "it has no cache in a registry",
    commands: ({ source, packages, platforms = [""], output }) =>
      platforms.map((platform) => ({
        args: [
          ...["go", "build", "-trimpath", "-ldflags=-s -w"],
          ...["-o", packages.length > 1 ? `${output}/` : join(output, programName(packages[0]!))],
          ...packages,
        ],
        cwd: source,
        env: { ...caches.env, ...(platform && { GOARCH: platform.split("/")[1] ?? "" }) },
      })),
    images: () => [],
    clearCaches: caches.clear,
    cacheBytes: caches.bytes,
  }
}
