import { UserError } from "../../errors.js"
import type { SettingSources, Settings } from "../../settings/resolve.js"
import type { GitState } from "../../git-state.js"
import type { Notice } from "../../found.js"

/**
 * What is known of the commit: what was asked for, then what whoever builds has found. Where that was not Git itself, the
 * source is taken for the whole repository.
 *
 * @param rootModule Module path of the go.mod at the source's root.
 */
export async function findGit(
  { git }: SettingSources,
  settings: Settings,
  rootModule: string | undefined,
  notices: Notice[],
): Promise<GitState | undefined> {
  if (settings.stamp?.value === "off") return undefined
  const found = await git?.()
  if (found?.notice !== undefined && !settings.revision) {
    notices.push({ file: "Git", message: found.notice })
  }
  const state = withOptions(found?.state, settings)
  if (!state || state.from === "Git" || rootModule === undefined) return state
  return { ...state, rootModule }
}

function withOptions(found: GitState | undefined, settings: Settings): GitState | undefined {
  const { revision, revisionTime, gitTag } = settings
  const time = revisionTime && parseTime(revisionTime.value, revisionTime.from)
  const tags = gitTag && { tags: [checkTag(gitTag.value, gitTag.from)] }
  if (!revision) {
    const given = revisionTime ?? gitTag
    if (!given) return found
    if (!found) {
      throw new UserError(`the commit is not known (${given.from})`, {
        hint: "Git is not available here. Give the commit, too: --revision $(git rev-parse HEAD)",
      })
    }
    return { ...found, ...(time !== undefined && { time }), ...tags, from: given.from }
  }
  const hash = checkRevision(revision.value, revision.from)
  const same = found?.revision === hash ? found : undefined
  return {
    tags: [],
    ...(found?.remote !== undefined && { remote: found.remote }),
    ...same,
    revision: hash,
    ...(time !== undefined && { time }),
    ...tags,
    from: revision.from,
  }
}

function checkRevision(text: string, from: string): string {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return text
  throw new UserError(`not the hash of a commit: ${JSON.stringify(text)} (${from})`, {
    hint: "Give all of its 40 digits, as `git rev-parse HEAD` prints them.",
  })
}

function checkTag(text: string, from: string): string {
  // https://git-scm.com/docs/git-check-ref-format
  if (!/[\s~^:?*[\\]|\.\.|@\{|^[-/.]|[/.]$|\.lock$/.test(text)) return text
  throw new UserError(`not the name of a tag: ${JSON.stringify(text)} (${from})`, {
    hint: "Give the tag alone, such as v1.2.3.",
  })
}

/** As Git prints it, by `%cI` or by `%ct`. */
function parseTime(text: string, from: string): string {
  const isSeconds = /^\d{1,11}$/.test(text)
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/.test(text)
  const time = isSeconds ? Number(text) * 1000 : isTime ? Date.parse(text) : NaN
  if (!Number.isNaN(time)) return new Date(time).toISOString().replace(/\.\d+Z$/, "Z")
  throw new UserError(`not a time: ${JSON.stringify(text)} (${from})`, {
    hint: "Give it as 2025-03-01T09:30:00Z, or in seconds since 1970, as `git log -1 --format=%ct` prints it.",
  })
}
