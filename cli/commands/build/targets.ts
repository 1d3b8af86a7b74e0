import { join } from "node:path"
import { UserError } from "../../../src/errors.js"
import { findTargets } from "../../../src/detect/project/descriptor.js"
import type { Source } from "../../../src/detect/source.js"
import {
  expandTargets,
  nameForTarget,
  noSuchTarget,
  requirePlaceholder,
} from "../../../src/settings/targets.js"
import { cachesBeside, withSuffix } from "../../cache/cache-location.js"
import type { Request } from "../../request.js"

/** What is asked for of each of the targets, or of the project where it is asked for none. */
export async function requestsOf(
  request: Request,
  source: Source,
  folder: string | undefined,
): Promise<Request[]> {
  const { targets, tags, output, run, cacheFrom, cacheTo, warmFrom, warmTo, testReport } = request
  const known = targets.length > 0 ? await findTargets(source, folder) : []
  const names = expandTargets(targets, known)
  // Before the first of them is built. Without any in project.toml, its own line says so.
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined && known.length > 0) {
    throw noSuchTarget(unknown, known, "project.toml has")
  }
  if (run && names.length > 1) {
    throw new UserError(`--run starts one image, but ${names.length} targets are built`)
  }
  for (const tag of tags) requirePlaceholder(tag, names, "image name (--tag)")
  if (output !== undefined) requirePlaceholder(output, names, "file (--output)")
  return (names.length > 0 ? names : [undefined]).map((target) => ({
    ...request,
    target,
    tags: tags.map((tag) => nameForTarget(tag, target)),
    output: output === undefined ? undefined : nameForTarget(output, target),
    // Each writes its own.
    ...(testReport !== undefined &&
      target !== undefined &&
      names.length > 1 && { testReport: join(testReport, target) }),
    ...(target !== undefined && {
      ...cachesBeside({ cacheFrom, cacheTo }, `-${target}`),
      warmFrom: warmFrom && withSuffix(warmFrom, `-${target}`),
      warmTo: warmTo && withSuffix(warmTo, `-${target}`),
    }),
  }))
}
