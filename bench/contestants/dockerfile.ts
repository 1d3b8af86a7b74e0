import { writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { sourcePolicy } from "../../cli/engine/files.js"
import type { BenchEngine } from "../engine.js"
import { programName, type Build, type Contestant } from "./contestant.js"

/**
 * A Dockerfile that was given, built with BuildKit's own client on the same BuildKit and the same base images. It builds
 * one program, the build argument PACKAGE, so that several are several builds.
 */
export function dockerfile(engine: BenchEngine, name: string, file: string): Contestant {
  const archive = ({ output }: Build, packagePath: string) =>
    join(output, `${programName(packagePath)}.oci.tar`)
  return {
    name,
    about: `${basename(file)}, buildctl`,
    usesEngine: true,
    obstacle: ({ platforms }) =>
      platforms && "it compiles on the image's own platform, and has no base image for others here",
    commands: (build) =>
      build.packages.map((packagePath) => ({
        args: [
          ...[engine.buildctl, "--addr", engine.address, "build", "--progress=plain"],
          "--frontend=dockerfile.v0",
          ...context(build),
          ...["--local", `dockerfile=${dirname(file)}`, "--opt", `filename=${basename(file)}`],
          ...["--opt", `build-arg:PACKAGE=${packagePath}`],
          ...layouts(engine),
          // As the engine needs it for steps to reach the module proxy; see cli/engine/embedded/embedded.ts.
          ...["--opt", "force-network-mode=host", "--allow", "network.host"],
          ...cacheOptions(build),
          ...["--output", `type=oci,dest=${archive(build, packagePath)}`],
        ],
        cwd: build.output,
      })),
    images: (build) => build.packages.map((packagePath) => archive(build, packagePath)),
    clearCaches: () => engine.prune(),
    cacheBytes: () => engine.cacheBytes(),
  }
}

/** With the hint that go-image gives, or BuildKit would take the contexts of all contestants for one that changes a lot. */
function context({ source, output }: Build): string[] {
  const policy = join(output, "policy.json")
  writeFileSync(policy, JSON.stringify(sourcePolicy(source)))
  return ["--local", `context=${source}`, "--source-policy-file", policy]
}

function cacheOptions({ cache }: Build): string[] {
  if (cache === undefined) return []
  const registry = `type=registry,ref=${cache}`
  return ["--import-cache", registry, "--export-cache", `${registry},mode=max`]
}

function layouts({ layouts }: BenchEngine): string[] {
  return Object.entries(layouts).flatMap(([image, { path, digest }]) => [
    ...["--oci-layout", `bases=${path}`],
    ...["--opt", `context:${image}=oci-layout://bases@${digest}`],
  ])
}
