/** What version control says of the source: plain data, whoever has looked. */
export interface GitState {
  /** Hash of the commit, in full. */
  revision: string
  /** Of the commit, RFC 3339 in UTC: `2025-03-01T09:30:00Z`. */
  time?: string
  /** Whether the work tree differs from the commit, as `git status` has it; undefined where nobody has looked. */
  modified?: boolean
  /** Tags on the commit. */
  tags: string[]
  /** Of the tags on the commits before it that are versions, the highest of each folder and major version. */
  earlierTags?: string[]
  /** Where the repository is for others, without passwords: `https://github.com/acme/shop`. */
  remote?: string
  /** Where in the work tree the source is; undefined where it is all of it. */
  folder?: string
  /** Module path of the go.mod at the work tree's root: without one, the go command says no version of any module. */
  rootModule?: string
  /** Who says so: `Git`, `environment variable GITHUB_SHA`, `--revision`. */
  from: string
}

/** As people read it: the first twelve digits, of which no other commit of the same repository has the same ones. */
export function shortRevision({ revision }: Pick<GitState, "revision">): string {
  return revision.slice(0, 12)
}

/** What whoever builds has found out; or why that is nothing, where a person would expect something. */
export interface GitAnswer {
  state?: GitState
  notice?: string
}
