import { dirname, join } from "node:path"
import { toolPath } from "../../cli/engine/embedded/tools.js"
import { runtimeFolder } from "../../cli/engine/embedded/runtime-folder.js"
import type { OciLayout } from "../../cli/engine/engine.js"
import { run, type Finished } from "./command.js"

/** Base images as OCI layouts, for `buildctl`. */
export function contextsOf(layouts: Record<string, OciLayout>): string[] {
  return Object.entries(layouts).flatMap(([image, { path, digest }]) => [
    ...["--oci-layout", `${image.replace(/\W/g, "-")}=${path}`],
    ...[
      "--opt",
      // As BuildKit looks for them.
      `context:${image.replace(/:latest$/, "")}=oci-layout://${image.replace(/\W/g, "-")}@${digest}`,
    ],
  ])
}

/** BuildKit's own client, of the BuildKit that runs for this cache folder. */
export function client(): string[] {
  return [toolPath("buildctl"), "--addr", `unix://${join(runtimeFolder(), "buildkitd.sock")}`]
}

/** Builds a Dockerfile by BuildKit's own client, on the BuildKit that was started for the tests. */
export function buildctl(context: string, file: string, ...args: string[]): Promise<Finished> {
  return run([
    ...client(),
    ...["build", "--progress=plain", "--frontend=dockerfile.v0", "--local", `context=${context}`],
    ...["--local", `dockerfile=${dirname(file)}`, "--opt", `filename=${file.split("/").at(-1)}`],
    // BuildKit's own frontend is the one that the syntax line names, which may be out of reach.
    ...["--opt", "cmdline=docker/dockerfile:1"],
    ...args,
  ])
}

/** Annotations are the exporter's, and no Dockerfile has them. */
export function ociOutput(
  file: string,
  annotations: readonly { name: string; value: string }[],
  isIndex = false,
): string {
  const places = isIndex ? ["annotation", "annotation-index"] : ["annotation"]
  return [
    ...["type=oci", "oci-mediatypes=true", "compression-level=1"],
    ...places.flatMap((place) =>
      annotations.map(({ name, value }) => `"${place}.${name}=${value}"`),
    ),
    `dest=${file}`,
  ].join(",")
}
