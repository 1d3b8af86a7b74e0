import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { run } from "../../cli/system/command.js"
import { benchFolder } from "../folders.js"
import type { BaseRegistry } from "../registry.js"
import type { Build, Contestant } from "./contestant.js"
import { hostCaches } from "./host-go.js"

const version = "v0.18.0"

/** ko compiles on the host; its base image comes from a registry on loopback that serves the others' one. */
export async function ko(registry: BaseRegistry, say: (line: string) => void): Promise<Contestant> {
  const bin = join(benchFolder(), "bin")
  const program = join(bin, `ko-${version}`)
  if (!existsSync(program)) {
    say(`building ko ${version} with Go; once, then cached`)
    mkdirSync(bin, { recursive: true })
    const env = { GOBIN: bin, GOFLAGS: "", GOTOOLCHAIN: "auto", GOWORK: "off" }
    await run(["go", "install", `github.com/google/ko@${version}`], { cwd: bin, env })
    await run(["mv", join(bin, "ko"), program])
  }
  const caches = hostCaches("ko")
  const layout = ({ output }: Build) => join(output, "layout")
  return {
    name: "ko",
    about: `ko ${version}, ${(await run(["go", "version"])).trim()}, on the host`,
    usesEngine: false,
    obstacle: () => undefined,
    saveCache: ({ cache = "" }) => caches.save(cache),
    commands: (build) => [
      ...(build.cache === undefined ? [] : caches.restore(build.cache)),
      {
        args: [
          ...[program, "build", "--push=false", "--sbom=none", "--base-import-paths"],
          ...["--platform", build.platforms?.join(",") ?? "linux/" + architecture()],
          ...["--oci-layout-path", layout(build)],
          ...build.packages,
        ],
        cwd: build.source,
        env: {
          ...caches.env,
          KOCACHE: join(caches.folder, "ko"),
          KO_DOCKER_REPO: "bench.local",
          KO_DEFAULTBASEIMAGE: build.platforms ? registry.empty : registry.base,
        },
      },
    ],
    images: (build) => [layout(build)],
    clearCaches: caches.clear,
    cacheBytes: caches.bytes,
  }
}

function architecture(): string {
  return process.arch === "x64" ? "amd64" : process.arch
}
