import { join } from "node:path"
import type { BenchEngine } from "../engine.js"
import type { Build, Contestant } from "./contestant.js"

/** The command line as a person types it. */
export function goImage(engine: BenchEngine, root: string): Contestant {
  const archive = ({ output }: Build, platform: string) =>
    join(output, `${platform.replaceAll("/", "-")}.oci.tar`)
  const platforms = (build: Build) => build.platforms ?? [""]
  return {
    name: "go-image",
    about: engine.name,
    usesEngine: true,
    obstacle: () => undefined,
    // It builds for one platform at a time.
    commands: (build) =>
      platforms(build).map((platform) => ({
        args: [
          ...["bash", join(root, "script/build"), build.source],
          ...build.packages.flatMap((each) => ["--packages", each]),
          ...(platform ? ["--platform", platform, "--runtime", "scratch"] : []),
          ...["--output", archive(build, platform)],
          // Of several programs, one is what the image runs.
          ...(build.packages.length > 1
            ? ["--command", build.packages[0]!.slice("./cmd/".length)]
            : []),
        ],
        cwd: build.output,
      })),
    images: (build) => platforms(build).map((platform) => archive(build, platform)),
    clearCaches: () => engine.prune(),
    cacheBytes: () => engine.cacheBytes(),
  }
}
