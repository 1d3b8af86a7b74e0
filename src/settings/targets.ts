import { UserError } from "../errors.js"
import type { ProjectDescriptor } from "./descriptor/descriptor.js"

/** What a target's name may be: part of a file's name, and of an image's. */
export const targetName = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/

/** Instead of a name: each of them. */
export const allTargets = "all"

export function isTargetName(name: string): boolean {
  return targetName.test(name) && name !== allTargets
}

/** Stands in a tag or an output for the name of the target that is built. */
export const targetPlaceholder = "{{.Target}}"

const exampleTarget =
  'One looks like this:\n  [[go-image.targets]]\n  name = "api"\n  packages = ["./services/api"]'

/** The settings that project.toml has for a target alone. */
export function findTarget({ targets, file }: ProjectDescriptor, name: string) {
  const found = targets.get(name)
  if (found) return found
  const known = [...targets.keys()]
  throw known.length > 0
    ? noSuchTarget(name, known, `${file} has`)
    : new UserError(`no target ${JSON.stringify(name)} (--target)`, {
        hint: `There is none in ${file}. ${exampleTarget}`,
      })
}

const mostListed = 10

/** Options that build them, a line each; none where there are no targets. */
export function targetChoices(targets: readonly string[]): string[] {
  if (targets.length === 0) return []
  const more = targets.length - mostListed
  return [
    "Build a target of project.toml, or all of them:",
    ...targets.slice(0, mostListed).map((name) => `  --target ${name}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `  --target ${allTargets}`,
  ]
}

export function noSuchTarget(name: string, known: readonly string[], there: string): UserError {
  return new UserError(`no target ${JSON.stringify(name)} (--target)`, {
    hint: `${there}: ${known.join(", ")}`,
  })
}

/** The names that are asked for; one that is none of project.toml's is refused when its settings are read. */
export function expandTargets(asked: readonly string[], known: readonly string[]): string[] {
  if (!asked.includes(allTargets)) return [...new Set(asked)]
  if (known.length > 0) return [...known]
  throw new UserError("project.toml has no targets (--target all)", { hint: exampleTarget })
}

/** An image's name or a file's, for the target that it is of. */
export function nameForTarget(text: string, target: string | undefined): string {
  if (target !== undefined) return text.replaceAll(targetPlaceholder, target)
  if (!text.includes(targetPlaceholder)) return text
  throw new UserError(
    `${targetPlaceholder} is the name of a target, but no target is built: ${text}`,
    {
      hint: "Add --target NAME, or --target all.",
    },
  )
}

/** Images of several targets must not take each other's place. */
export function requirePlaceholder(text: string, targets: readonly string[], what: string): void {
  if (targets.length < 2 || text.includes(targetPlaceholder)) return
  throw new UserError(`one ${what} for ${targets.length} targets: ${text}`, {
    hint: `Put ${targetPlaceholder} where the target's name belongs, e.g. registry.example.com/${targetPlaceholder}:v1, or dist/${targetPlaceholder}.oci.tar.`,
  })
}
