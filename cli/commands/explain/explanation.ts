import { fileURLToPath } from "node:url"
import type { Plan } from "../../../src/plan/types.js"
import { parseReference, repositoryName } from "../../../src/reference.js"
import type { ImageMetadata, Output } from "../../engine/engine.js"
import type { DoneStep } from "../../engine/engine.js"
import { loadBundle } from "../../start/load-bundle.js"
import { writeResult } from "../../build/result-files.js"

/** What `inspect` can read of it: an archive, or what was pushed; not what is in Docker's store alone. */
export function readable(output: Output, metadata: ImageMetadata): string | undefined {
  if (output.type === "oci") return output.path
  const digest = metadata["containerimage.digest"]
  const [tag] = output.type === "push" ? output.tags : []
  // A tag may be another image's by now.
  return tag === undefined || digest === undefined
    ? undefined
    : `${repositoryName(parseReference(tag))}@${digest}`
}

export async function writeExplanation(
  file: string,
  plan: Plan,
  steps: readonly DoneStep[],
  image: string | undefined,
): Promise<void> {
  const path = fileURLToPath(new URL("after-build.cjs", import.meta.url))
  const { documentAfterBuild } = loadBundle(path) as typeof import("./after-build.js")
  writeResult(file, await documentAfterBuild(file, plan, steps, image))
}
