import { join } from "node:path"
import type { BenchEngine } from "../engine.js"
import type { Build, Contestant } from "./contestant.js"

/** The command line as a person types it. */
export function goImage(engine: BenchEngine, root: string): Contestant {
  const archive = ({ output }: Build) => join(output, "image.oci.tar")
  return {
    name: "go-image",
    about: engine.name,
    usesEngine: true,
    obstacle: () => undefined,
    commands: (build) => [
      {
        args: [
          ...["bash", join(root, "script/build"), build.source],
          ...build.packages.flatMap((each) => ["--packages", each]),
          ...(build.platforms
            ? ["--platform", build.platforms.join(","), "--runtime", "scratch"]
            : []),
          ...["--output", archive(build)],
          ...(build.cache === undefined ? [] : ["--cache-image", build.cache]),
          // Of several programs, one is what the image runs.
          ...(build.packages.length > 1
            ? ["--command", build.packages[0]!.slice("./cmd/".length)]
            : []),
        ],
        cwd: build.output,
      },
    ],
    images: (build) => [archive(build)],
    clearCaches: () => engine.prune(),
    cacheBytes: () => engine.cacheBytes(),
  }
}
