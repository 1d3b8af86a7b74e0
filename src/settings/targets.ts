import { UserError } from "../errors.js"
import type { ProjectDescriptor } from "./project-toml.js"

/** What a target's name may be: part of a file's name, and of an image's. */
export const targetName = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/

/** Instead of a name: each of them. */
export const allTargets = "all"

/** Stands in a tag or an output for the name of the target that is built. */
export const targetPlaceholder = "{{.Target}}"

/** The settings that project.toml has for a target alone. */
export function findTarget({ targets, file }: ProjectDescriptor, name: string) {
  const found = targets.get(name)
  if (found) return found
  const known = [...targets.keys()]
  throw new UserError(`no target ${JSON.stringify(name)} (--target)`, {
    hint:
      known.length > 0
        ? `${file} has: ${known.join(", ")}`
        : `There is none in ${file}. One looks like this:\n  [[go-image.targets]]\n  name = "api"\n  packages = ["./services/api"]`,
  })
}
