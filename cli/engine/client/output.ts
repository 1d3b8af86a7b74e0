import type { CacheLocation } from "../../cache/cache-location.js"
import type { BuildRequest, Output } from "../engine.js"
import { stageFile, stageFolder, type Staging } from "../staging.js"

/**
 * The folder where the output is written first, under the name `output`, if it is written to a path at all. Client
 * programs run in that folder, so that no path has to be quoted for them.
 */
export function stageOutput(output: Output, context: string): Staging | undefined {
  if (output.type === "oci") return stageFile(output.path, context)
  if (output.type === "local") return stageFolder(output.path, context)
  return undefined
}

/** Values of `--import-cache` and `--export-cache`, which docker buildx calls --cache-from and --cache-to. */
export function cacheArguments({
  cacheFrom = [],
  cacheTo,
}: Pick<BuildRequest, "cacheFrom" | "cacheTo">) {
  const fields = ({ type, attributes }: CacheLocation) => [
    `type=${type}`,
    ...Object.entries(attributes).map(([name, value]) => `${name}=${value}`),
  ]
  return {
    from: cacheFrom.map((location) => outputValue(fields(location))),
    to: cacheTo ? [outputValue([...fields(cacheTo), "mode=min"])] : [],
  }
}

/** As ko has it. BuildKit's default is 6, which takes three times as long for a tenth fewer bytes (docs/bench-appendix.md). */
const gzipLevel = "compression-level=1"

/** Fields of an `--output` argument for an image: whatever becomes of it, it has the same digest. */
export function imageFields(request: BuildRequest): string[] {
  return ["oci-mediatypes=true", gzipLevel, ...annotationFields(request)]
}

/** https://github.com/moby/buildkit/blob/master/docs/annotations.md */
function annotationFields({
  annotations = {},
  platforms = [],
}: Pick<BuildRequest, "annotations" | "platforms">): string[] {
  const places = platforms.length > 1 ? ["annotation", "annotation-index"] : ["annotation"]
  return places.flatMap((place) =>
    Object.entries(annotations).map(([name, value]) => `${place}.${name}=${value}`),
  )
}

/** The value of an `--output` argument: one record as Go's encoding/csv reads it. */
export function outputValue(fields: string[]): string {
  return fields
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join()
}
