import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { foldersOf } from "../../../src/ci/place.js"
import type { PipelineFile } from "../../../src/ci/write-pipeline.js"
import { UserError } from "../../../src/errors.js"
import { asTyped, programName } from "../../program-name.js"
import type { Repository } from "./repository.js"
import { takenLine } from "./taken.js"

/**
 * What becomes of a file that is written to, for people: a project's own pipeline is replaced; another service's, and what is no
 * pipeline of go-image, is not.
 *
 * @param output Named by the caller.
 */
export function replacedBy(
  { file, taken, text, provider }: PipelineFile,
  output: string,
  project: string,
  { root, folder }: Pick<Repository, "root" | "folder">,
): string {
  const there = existsSync(output) ? readFileSync(output, "utf8") : ""
  if (there.trim() === "") return `wrote ${output}`
  if (there === text) return `${output} is up to date`
  const folders = foldersOf(there)
  const isOwn = folders.includes(folder)
  // A pipeline of the root has targets in all folders.
  if (isOwn || (folder === "." && folders.length > 0)) {
    return `wrote ${output}${isOwn ? "" : `, which was the pipeline of ${folders.join(", ")}`}`
  }
  if (folders.length === 0) {
    throw new UserError(`${output} exists, and does not use go-image`, {
      hint: "It would be lost. Give another name, or remove it first.",
    })
  }
  const own = join(root, file)
  const beside =
    own === resolve(output)
      ? "Give another name."
      : `Its own file:\n  ${programName} ci ${asTyped(project)} --provider ${provider} --output ${asTyped(own)}`
  const theirs = folders.map((each) => (each === "." ? "all of the repository" : each)).join(", ")
  throw new UserError(`${output} is the pipeline of ${theirs}, not of ${folder}`, {
    hint: taken ? takenLine({ file, taken }, { root, folder }) : beside,
  })
}
