import { isoTime } from "../../iso-time.js"
import type { GitState } from "../../git-state.js"
import { highestTags } from "./version-tag.js"

/** A branch or a tag, and the commit that it leads to. */
export interface GitRef {
  /** `v1.2.3`. */
  name: string
  isTag: boolean
  commit: string
  /** Seconds since 1970; none of a tag that is an object of its own. */
  seconds?: number
  /** The branch that is checked out. */
  isHead: boolean
}

/** All that lead to commits that are in HEAD. */
export const refsQuestion = [
  "for-each-ref",
  "--merged=HEAD",
  `--format=${["refname", "objectname", "*objectname", "committerdate:unix", "HEAD"].map((field) => `%(${field})`).join("%00")}`,
  "refs/heads",
  "refs/tags",
]

export function parseRefs(output: string): GitRef[] {
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [name = "", object = "", commit = "", seconds = "", head] = line.split("\0")
      return {
        name: name.replace(/^refs\/[^/]+\//, ""),
        isTag: name.startsWith("refs/tags/"),
        // A tag is the name of a commit, or of an object that says more of it and leads there.
        commit: commit || object,
        ...(seconds !== "" && { seconds: Number(seconds) }),
        isHead: head === "*",
      }
    })
}

/** What is checked out, where that is no branch. */
export const headQuestion = ["-c", "log.showSignature=false", "log", "-1", "--format=%H %ct"]

export function parseHead(output: string): Pick<GitRef, "commit" | "seconds"> | undefined {
  const [, commit, seconds] = /^([0-9a-f]+) (\d+)$/.exec(output.trim()) ?? []
  return commit === undefined ? undefined : { commit, seconds: Number(seconds) }
}

/** What a commit, and the tags that lead to it or to one before it, say of a source. */
export function commitState(
  { commit: revision, seconds = 0 }: Pick<GitRef, "commit" | "seconds">,
  refs: readonly GitRef[],
): Pick<GitState, "revision" | "time" | "tags" | "earlierTags"> {
  const tags = refs.filter(({ isTag }) => isTag)
  const namesOf = (found: readonly GitRef[]) => found.map(({ name }) => name)
  const earlier = highestTags(namesOf(tags.filter(({ commit }) => commit !== revision)))
  return {
    revision,
    time: isoTime(seconds),
    tags: namesOf(tags.filter(({ commit }) => commit === revision)).sort(),
    ...(earlier.length > 0 && { earlierTags: earlier }),
  }
}
