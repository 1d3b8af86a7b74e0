import type { PipelineFile } from "../../../src/ci/write-pipeline.js"
import { asTyped, programName } from "../../program-name.js"
import type { Repository } from "./repository.js"

/** Of a file that the provider reads alone, and that is another project's: what to do. */
export function takenLine(
  { file, taken = [] }: Pick<PipelineFile, "file" | "taken">,
  { root, folder }: Pick<Repository, "root" | "folder">,
): string {
  return `${file} is the pipeline of ${taken.join(", ")}, and not changed for ${folder}. For one pipeline of all: ${programName} init ${asTyped(root)} writes a target for each`
}
