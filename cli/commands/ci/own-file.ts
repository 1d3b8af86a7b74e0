import { join, relative, sep } from "node:path"
import { foldersOf } from "../../../src/ci/place.js"
import { ciProviders, type CiProvider } from "../../../src/ci/providers.js"
import type { PipelineFile } from "../../../src/ci/write-pipeline.js"
import { listSome } from "../../../src/list.js"
import { asTyped, programName } from "../../program-name.js"
import { projectFolder, targetsAbove } from "../init/project-folder.js"
import type { Repository } from "./repository.js"
import { takenLine } from "./taken.js"

type Asked = Pick<PipelineFile, "file" | "taken" | "provider">

/**
 * Why there should be no file for one service alone: the repository's pipeline builds its image already, or the provider reads
 * one file for all of the repository.
 */
export function whyNoOwnFile(
  pipeline: Asked,
  project: string,
  repository: Repository,
): { message: string; hint?: string } | undefined {
  const { taken, provider } = pipeline
  const above = targetsAbove(projectFolder(project))
  if (!above) return taken && { message: takenLine({ ...pipeline, taken }, repository) }
  const { title, file, beside }: CiProvider = ciProviders[provider]
  const names = `target${above.targets.length > 1 ? "s" : ""} ${listSome(above.targets)}`
  const toml = asTyped(join(above.folder, "project.toml"))
  const whole = `${programName} ci ${asTyped(above.folder)} --provider ${provider}`
  const there = repository.read(file) ?? ""
  const ofAll = relative(repository.root, above.folder).split(sep).join("/") || "."
  if (foldersOf(there).includes(ofAll) && above.targets.some((name) => hasTarget(there, name))) {
    return {
      message: `${file} builds ${repository.folder} already, as ${names} of ${toml}: another file would push the same image again`,
      hint: `To print that pipeline: ${whole}`,
    }
  }
  if (beside) return undefined
  return {
    message: `${title} reads one file of a repository, ${file}, and ${repository.folder} is ${names} of ${toml}`,
    hint: `To print one pipeline of all targets: ${whole}`,
  }
}

/** As the files say it that go-image writes, and those of others most likely. */
function hasTarget(pipeline: string, name: string): boolean {
  const given = [
    ...pipeline.matchAll(/\btargets?(?:[=:] ?| )["']?([\w.,-]+)/g),
    ...pipeline.matchAll(/\btarget: \|\n((?: +[\w.-]+\n)+)/g),
  ]
  const names = given.flatMap(([, value = ""]) => value.split(/[\s,]+/))
  return names.includes("all") || names.includes(name)
}
