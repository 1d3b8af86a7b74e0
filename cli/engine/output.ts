import type { Output } from "./engine.js"
import { stageFile, stageFolder, type Staging } from "./staging.js"

/**
 * The folder where the output is written first, under the name `output`, if it is written to a path at all. Client
 * programs run in that folder, so that no path has to be quoted for them.
 */
export function stageOutput(output: Output): Staging | undefined {
  if (output.type === "oci") return stageFile(output.path)
  if (output.type === "local") return stageFolder(output.path)
  return undefined
}

/** The value of an `--output` argument: one record as Go's encoding/csv reads it. */
export function outputValue(fields: string[]): string {
  return fields
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join()
}
