import { posix } from "node:path"
import { dag, type File } from "@dagger.io/dagger"
import { findTargets } from "../detect/project/descriptor.js"
import type { Project } from "./project.js"

/** What was said of a pipeline; see `ci`. */
export interface PipelineArguments {
  provider?: string
  image?: string
  branch?: string
  tool?: string
}

/** See `ci`. What writes it is loaded only there. */
export async function pipeline(project: Project, asked: PipelineArguments): Promise<File> {
  const { writePipeline } = await import("../ci/write-pipeline.js")
  const targets = await findTargets(project.files)
  const { target = targets[0], options } = project.request
  const detected = await project.with({ target, options: { ...options, stamp: "off" } }).detect()
  const { files } = await project.files.survey()
  const { provider, tool = provider === "bitbucket" ? undefined : "dagger" } = asked
  const { file, text } = await writePipeline(project.files, detected, {
    ...asked,
    ...{ files, targets, tool },
  })
  return dag.file(posix.basename(file), text)
}
