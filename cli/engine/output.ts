import type { Output } from "./engine.js"
import { stageFile, stageFolder, type Staging } from "./staging.js"

/**
 * The folder where the output is written first, under the name `output`, if it is written to a path at all. Client
 * programs run in that folder, so that no path has to be quoted for them.
 */
export function stageOutput(output: Output, context: string): Staging | undefined {
  if (output.type === "oci") return stageFile(output.path, context)
  if (output.type === "local") return stageFolder(output.path, context)
  return undefined
}

/** Where a build's cache comes from, and where all of it goes: also the steps of stages that are not in the image. */
export function registryCache(reference: string): { from: string; to: string } {
  const fields = ["type=registry", `ref=${reference}`]
  return { from: outputValue(fields), to: outputValue([...fields, "mode=max"]) }
}

/** The value of an `--output` argument: one record as Go's encoding/csv reads it. */
export function outputValue(fields: string[]): string {
  return fields
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join()
}
