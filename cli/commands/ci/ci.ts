import { writePipeline, type PipelineFile } from "../../../src/ci/write-pipeline.js"
import { detect } from "../../../src/detect/detect.js"
import { findTargets, findTargetsIn } from "../../../src/detect/project/descriptor.js"
import type { Request } from "../../request.js"
import { openSource } from "../build/build.js"
import type { CiFlags } from "./command.js"
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
  const [detected, repository] = await Promise.all([
    detect(source, { options: request.options, environment: {}, folder, target }),
    readRepository(request.source),
  ])
  const { remote, branch } = repository
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
  return { ...pipeline, repository }
}
