import { writePipeline, type PipelineFile } from "../../../src/ci/write-pipeline.js"
import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import { findTargets, findTargetsIn } from "../../../src/detect/project/descriptor.js"
import { SeveralPrograms, UserError } from "../../../src/errors.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import type { Request } from "../../request.js"
import { asTyped, programName } from "../../program-name.js"
import { openSource } from "../build/build.js"
import type { CiFlags } from "./command.js"
import { koNotes } from "./ko-notes.js"
import { readRepository, type Repository } from "./repository.js"

/** The pipeline of a project, and of what repository. */
export async function pipelineOf(
  request: Request,
  flags: CiFlags,
): Promise<PipelineFile & { repository: Repository }> {
  const { source, folder } = openSource(request)
  const [targets, all] = await Promise.all([
    findTargetsIn(source, folder?.value),
    findTargets(source, folder?.value),
  ])
  const [target] = targets
  const given = { options: request.options, environment: {}, folder, target }
  const [detected, repository] = await Promise.all([
    detect(source, given).catch((error: unknown) => throwWithTargets(error, request.source)),
    readRepository(request.source),
  ])
  const { remote, branch } = repository
  if (targets.length === 0) checkOneImage(detected, request.source)
  const pipeline = await writePipeline(source, detected, {
    ...{ branch, remote, targets, isPart: targets.length < all.length },
    folder: repository.folder,
    files: repository.files,
    read: repository.read,
    provider: flags.provider,
    image: flags.image,
    tool: flags.with,
    ...(flags.branch !== undefined && { branch: flags.branch }),
  })
  return { ...pipeline, notes: [...pipeline.notes, ...koNotes(repository)], repository }
}

/** A pipeline whose build would not know which program is meant is of no use. */
function checkOneImage({ facts, settings }: DetectedProject, source: string): void {
  try {
    assemblePlan(facts, settings)
  } catch (error) {
    if (error instanceof SeveralPrograms) throwWithTargets(error, source)
    // What else a build would refuse is not about the pipeline.
    if (!(error instanceof UserError)) throw error
  }
}

/** What a build is told by options, a pipeline is by project.toml. */
function throwWithTargets(error: unknown, source: string): never {
  if (!(error instanceof SeveralPrograms)) throw error
  const [first = ""] = error.message.split("\n")
  throw new UserError(first, {
    hint: `${programName} init ${asTyped(source)} writes project.toml with a target for each, and the pipeline of all.`,
  })
}
