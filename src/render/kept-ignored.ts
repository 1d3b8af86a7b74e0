import { relativeTo, type IgnorePatterns } from "../detect/patterns/as-dockerignore.js"
import type { Facts } from "../detect/facts.js"
import { isBuildFile } from "../detect/source.js"
import { secretPatterns } from "../detect/assets/secrets.js"
import { matchPatterns } from "../patterns/patterns.js"
import type { CopyStep, Plan } from "../plan/types.js"

/**
 * Where what a project's ignore files say is written in a Dockerfile that is kept, so that it leaves out what is there
 * later, too: a database of a developer's, or logs.
 */
export interface KeptIgnored {
  /** Of the context: a list that hides nothing that a build needs. */
  context: string[][]
  /** Else of the image alone: no ignore file hides anything from the compiler. */
  image: string[][]
}

export function placeIgnored(
  { docker, git }: IgnorePatterns,
  { hooks, legacy }: Pick<Facts, "hooks" | "legacy">,
  plans: readonly Pick<Plan, "sourceExclude">[],
  files: readonly string[],
): KeptIgnored {
  const notNeeded = plans.map(({ sourceExclude }) => matchPatterns(sourceExclude))
  const needed = files.filter((file) => !notNeeded.every((isExcluded) => isExcluded(file)))
  const placed: KeptIgnored = { context: [], image: [] }
  // What a hook reads is not known, and what it makes belongs into the image: it finds what a clone has.
  const isOpen = Boolean(hooks.preCompile ?? hooks.postCompile ?? legacy)
  const isOfGit = matchPatterns(git)
  for (const list of [docker, git]) {
    if (list.length === 0) continue
    const isHidden = matchPatterns(list)
    const ofBuild = isOpen
      ? needed.filter((file) => (list === git ? isBuildFile(file) : !isOfGit(file)))
      : needed
    if (!ofBuild.some(isHidden)) placed.context.push(list)
    else if (!isOpen) placed.image.push(list)
  }
  return placed
}

/** One list of several: no exception of the one brings back what another leaves out, where only one has exceptions. */
export function joined(lists: readonly (readonly string[])[]): string[] {
  const hasExceptions = (list: readonly string[]) => list.some((each) => each.startsWith("!"))
  const first = lists.filter(hasExceptions)
  const others = lists.filter((list) => !hasExceptions(list)).flat()
  return [...first.flat(), ...new Set(others)]
}

/** Before secrets and what is to be kept, which count whatever a project ignores. */
export function excludeIgnored(exclude: readonly string[], { image }: KeptIgnored, path: string) {
  const folder = path === "." ? "" : path
  const list = joined(image).flatMap((pattern) => relativeTo(folder, pattern) ?? [])
  const secrets = exclude.indexOf(secretPatterns[0] ?? "")
  const at = secrets < 0 || list.some((each) => each.startsWith("!")) ? 0 : secrets
  return [...exclude.slice(0, at), ...list, ...exclude.slice(at)]
}

/** The files of the project go into the image by one step. */
export function isOfAssets({ exclude }: CopyStep): boolean {
  return exclude?.includes(secretPatterns[0] ?? "") ?? false
}
