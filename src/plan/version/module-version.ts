import type { GitState } from "../../git-state.js"
import {
  compareVersions,
  isVersionOfPeople,
  majorOf,
  parseVersionTag,
} from "../../detect/git/version-tag.js"

/**
 * The main module's version as the go command says it since 1.24, by the rules of cmd/go/internal/modfetch: a tag on the
 * commit, else a pseudo-version. Undefined where it says none, which programs show as `(devel)`.
 */
export function goModuleVersion(git: GitState, modulePath: string): string | undefined {
  if (git.rootModule === undefined) return undefined
  const root = splitMajor(git.rootModule).prefix
  const { prefix, major } = splitMajor(modulePath)
  const inside = modulePath === root ? "" : folderBelow(root, prefix)
  return inside === undefined ? undefined : versionIn(git, inside, major)
}

/**
 * The same for people. A tag on the commit is the version, also where Go's rules have none of it: `6.14.1`, which has no v, or
 * v2.0.0 of a module whose path is of version 1. And where the go command says nothing, since the repository has no go.mod
 * at its root: its module's own tags (`services/api/v1.2.3`) count, then those of the whole repository.
 */
export function imageVersion(
  git: GitState,
  module: { path: string; folder: string },
): string | undefined {
  const said = goModuleVersion(git, module.path)
  const folder = [git.folder ?? "", module.folder].filter(Boolean).join("/")
  const has = (prefix: string) =>
    [...git.tags, ...(git.earlierTags ?? [])].some((tag) => parseVersionTag(tag)?.folder === prefix)
  const isOwn = folder !== "" && has(folder)
  const [tag] = isOwn ? [] : versionsOfPeople(git)
  if (tag !== undefined && !isTagged(said, git)) return marked(tag, git)
  if (said !== undefined) return said
  const { major } = splitMajor(module.path)
  return versionIn(git, has(folder) ? folder : "", has(folder) ? major : undefined)
}

/** The highest first. */
function versionsOfPeople({ tags }: GitState): string[] {
  return tags.filter(isVersionOfPeople).sort((a, b) => compareVersions(b, a))
}

/** Whether it is one of the commit's tags. */
function isTagged(version: string | undefined, { tags }: GitState): boolean {
  const plain = version?.replace(/\+dirty$/, "")
  return tags.some((tag) => tag === plain || tag.endsWith(`/${plain}`))
}

/** @param major As a module path ends; undefined where any will do. */
function versionIn(git: GitState, folder: string, major: string | undefined): string | undefined {
  const of = (tags: readonly string[] = []) =>
    tags
      .flatMap((tag) => parseVersionTag(tag) ?? [])
      .filter((tag) => tag.folder === folder && isOfMajor(tag.version, major))
      .sort((a, b) => compareVersions(b.version, a.version))
  const here = of(git.tags)
  const exact = here.find(({ isCanonical }) => isCanonical)
  if (exact) return marked(exact.version, git)
  const [base] = of([...git.tags, ...(git.earlierTags ?? [])])
  if (git.time === undefined) return undefined
  return marked(pseudoVersion(base?.version, major, git.time, git.revision), git)
}

function marked(version: string, { modified }: GitState): string {
  return modified ? `${version}+dirty` : version
}

/** https://go.dev/ref/mod#pseudo-versions */
export function pseudoVersion(
  base: string | undefined,
  major: string | undefined,
  time: string,
  revision: string,
): string {
  const commit = `${time.replace(/\D/g, "").slice(0, 14)}-${revision.slice(0, 12)}`
  if (base === undefined) return `${(major ?? "").slice(1) || "v0"}.0.0-${commit}`
  if (base.includes("-")) return `${base}.0.${commit}`
  const patch = base.lastIndexOf(".") + 1
  return `${base.slice(0, patch)}${BigInt(base.slice(patch)) + 1n}-0.${commit}`
}

/** `example.com/app/v2` is of major version 2, as is `gopkg.in/app.v2`. */
function splitMajor(path: string): { prefix: string; major: string } {
  const found = path.startsWith("gopkg.in/")
    ? /^(.*?)(\.v(?:0|[1-9]\d*))(?:-unstable)?$/.exec(path)
    : /^(.*?)(\/v(?:[2-9]|[1-9]\d+))$/.exec(path)
  return { prefix: found?.[1] ?? path, major: found?.[2] ?? "" }
}

function isOfMajor(version: string, major: string | undefined): boolean {
  if (major === undefined) return true
  const own = majorOf(version)
  return major === "" ? own === "v0" || own === "v1" : own === major.slice(1)
}

/** Undefined where it is not below. */
function folderBelow(root: string, prefix: string): string | undefined {
  if (prefix === root) return ""
  return prefix.startsWith(`${root}/`) ? prefix.slice(root.length + 1) : undefined
}
