import { rmSync } from "node:fs"
import { join } from "node:path"
import { run } from "../../cli/system/command.js"
import { benchFolder } from "../folders.js"
import { programName, type Contestant } from "./contestant.js"

/** Caches of their own for those that compile on the host, so that they can be cold. */
export function hostCaches(name: string) {
  const folder = join(benchFolder(), `${name}-cache`)
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
