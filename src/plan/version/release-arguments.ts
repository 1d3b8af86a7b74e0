import { shortRevision, type GitState } from "../../git-state.js"
import type { Argument } from "../types.js"

/**
 * What is another with each release, by the names that people give it in a Dockerfile. Of two with the same value, the first
 * counts.
 *
 * @param moduleVersion As Go's build information has it, which follows rules of its own.
 */
export function releaseArguments(
  git: GitState,
  version: string | undefined,
  moduleVersion: string | undefined,
): Argument[] {
  const known = {
    VERSION: version,
    TAG: git.tags[0],
    MODULE_VERSION: moduleVersion,
    COMMIT: git.revision,
    SHORT_COMMIT: shortRevision(git),
    DATE: git.time,
  }
  const values = new Set<string>()
  return Object.entries(known)
    .flatMap(([name, value]) => {
      if (value === undefined || !canBeArgument(value) || values.has(value)) return []
      values.add(value)
      return [{ name, value }]
    })
    .sort((a, b) => b.value.length - a.value.length)
}

/** Shorter ones stand in other texts by chance, and of other signs a shell makes something else. */
function canBeArgument(value: string): boolean {
  return value.length >= 4 && /^[\w.:+/-]+$/.test(value)
}
