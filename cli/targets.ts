import { UserError } from "../src/errors.js"
import { findTargets } from "../src/detect/descriptor.js"
import type { Source } from "../src/detect/source.js"
import { allTargets, targetPlaceholder } from "../src/settings/targets.js"
import type { Request } from "./arguments.js"
import { standardOutput } from "./standard-output.js"

/** What is asked for of one target, or of the project where it is asked for no target. */
export async function requestsOf(
  request: Request,
  source: Source,
  folder: string | undefined,
): Promise<Request[]> {
  const names = request.targets.includes(allTargets)
    ? await allOf(source, folder)
    : [...new Set(request.targets)]
  if (names.length > 1) checkSeveral(request, names)
  if (names.length === 0) return [withoutPlaceholder(request)]
  return names.map((target) => ({
    ...request,
    target,
    tags: request.tags.map((tag) => tag.replaceAll(targetPlaceholder, target)),
    output: request.output?.replaceAll(targetPlaceholder, target),
  }))
}

async function allOf(source: Source, folder: string | undefined): Promise<string[]> {
  const names = await findTargets(source, folder)
  if (names.length > 0) return names
  throw new UserError("project.toml has no targets (--target all)", {
    hint: 'One looks like this:\n  [[go-image.targets]]\n  name = "api"\n  packages = ["./services/api"]',
  })
}

/** One image each, which must not take the place of another. */
function checkSeveral({ tags, output, run }: Request, names: readonly string[]): void {
  const count = `${names.length} targets`
  if (run) throw new UserError(`--run starts one image, and ${count} are built`)
  const tag = tags.find((each) => !each.includes(targetPlaceholder))
  if (tag !== undefined) {
    throw new UserError(`one name for ${count}: ${tag} (--tag)`, {
      hint: `Put ${targetPlaceholder} where the target's name belongs, e.g. --tag registry.example.com/${targetPlaceholder}:v1`,
    })
  }
  if (output === standardOutput || output?.includes(targetPlaceholder) === false) {
    throw new UserError(`one file for ${count}: ${output} (--output)`, {
      hint: `Put ${targetPlaceholder} where the target's name belongs, e.g. --output dist/${targetPlaceholder}.oci.tar`,
    })
  }
}

function withoutPlaceholder(request: Request): Request {
  const text = [...request.tags, request.output].find((each) => each?.includes(targetPlaceholder))
  if (text === undefined) return request
  throw new UserError(`${targetPlaceholder} is the name of a target, and none is built: ${text}`, {
    hint: "Add --target NAME, or --target all.",
  })
}
