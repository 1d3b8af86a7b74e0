import { detect } from "../../../src/detect/detect.js"
import { readAccess } from "../../access/access.js"
import { openSource } from "../build/build.js"
import { gitOf, planOfImage, withTagsOf, type PlannedRebuild } from "./plan-of-image.js"
import type { Said } from "./said.js"
import type { FoundSource } from "./source-of.js"
import type { Request } from "../../request.js"

export interface Rebuild extends PlannedRebuild {
  /** Absolute path. */
  source: string
  neverSent: string[]
}

/** How the image is built again from a folder of this machine. */
export async function planRebuild(
  request: Request,
  said: Said,
  source: FoundSource,
): Promise<Rebuild> {
  const opened = openSource({ ...request, source: source.folder })
  const git = async () => (source.isUnknown ? gitOf(said) : withTagsOf(said, await opened.git()))
  const { folder, source: local } = opened
  const access = readAccess(request)
  const planned = await planOfImage(said, request.options, (options) =>
    detect(local, {
      options,
      environment: process.env,
      folder,
      target: request.target,
      git,
      access,
    }),
  )
  return { ...planned, source: local.folder, neverSent: await local.neverSent() }
}
