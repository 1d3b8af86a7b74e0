import type { Settings } from "../../settings/resolve.js"
import { assetExclusions, isOfBuild, isOfEditor } from "./asset-rules.js"
import type { ContentKind } from "./content-kind.js"
import { coverFiles } from "../patterns/cover.js"
import { isInside } from "../modules/modules.js"
import { fromRoot, literalPattern, matchPatterns } from "../../patterns/patterns.js"
import { hasSecretName, secretPatterns } from "./secrets.js"

/**
 * Assets: files that a program may read at run time, which therefore stay in the image. Everything is one that is not
 * Go source, a test or a file of the build, not ignored, not a secret, and not what a build left behind.
 */
export interface AssetSelection {
  /** By their entry at the root. */
  groups: AssetGroup[]
  kept: string[]
  /** All that the image must have: those with assets in them, and those kept empty. */
  folders: string[]
  /** Of these, those kept empty. */
  emptyFolders: string[]
  /** Patterns of what is left out, besides `assetExclusions`. */
  exclude: string[]
  /** Patterns of what cannot be in an image, whoever keeps it. */
  brokenLinks: string[]
  /** By why: the path of the ignore file that says so, or one of the reasons. */
  leftOut: Map<string, string[]>
}

/** Assets below one entry of the project's root: a file, or a folder with its files counted. */
export interface AssetGroup {
  /** `config.yaml`, or `static/` for a folder. */
  path: string
  files: number
}

export const reasons = {
  secret: "secret",
  target: "of another target",
  embedded: "embedded",
  left: "left by a build",
  editor: "left by an editor",
  link: "link",
} as const

/** All paths are relative to the folder whose assets are looked for. */
export interface AssetInput {
  files: readonly string[]
  /** Folders with nothing in them, without a slash. */
  emptyFolders?: readonly string[]
  /** Links at the root that lead nowhere inside of it: no engine copies them. */
  brokenLinks?: readonly string[]
  /** Those that are part of other modules. */
  ofOthers?: ReadonlySet<string>
  /** Folders of other targets, which are not in this one's image. */
  otherTargets?: readonly string[]
  /** Those that programs have in them, and that are wanted for nothing else. */
  embedded?: ReadonlySet<string>
  /** Those with another place in the image, and the paths that name them. */
  elsewhere?: { files: ReadonlySet<string>; paths: readonly string[] }
  /** What a file is by its content. */
  kindOf: (path: string) => ContentKind | undefined
  /** The path of the file that has a path ignored; a folder's ends in a slash. */
  ignoredBy: (path: string) => string | undefined
  /** Folders of main packages, such as `cmd/api`, and the program's usual name. */
  programs: readonly { folder: string; name: string }[]
}

type Corrections = Pick<Settings, "keep" | "drop">

/**
 * The patterns that are left out of the image: the last one that matches decides. So an exception among those to drop, the
 * `!ui` of `**` and `!ui`, brings in nothing that is left out for another reason; what is to be kept does.
 */
export function assetPatterns(corrections: Corrections, found: readonly string[] = []): string[] {
  return [
    ...droppedPatterns(corrections),
    ...assetExclusions,
    ...furtherPatterns(corrections, found),
  ]
}

function droppedPatterns({ drop }: Corrections): string[] {
  return (drop?.value ?? []).map(fromRoot)
}

function furtherPatterns({ keep }: Corrections, found: readonly string[]): string[] {
  return [
    // Those found are among them; a Dockerfile that is kept shall not let in one that comes later.
    ...secretPatterns,
    ...found,
    ...(keep?.value ?? []).map((pattern) => `!${fromRoot(pattern)}`),
  ]
}

export function selectAssets(input: AssetInput, settings: Corrections): AssetSelection {
  const files = [...input.files].sort()
  const { emptyFolders = [], brokenLinks = [], ignoredBy, elsewhere } = input
  const isStatic = matchPatterns(assetExclusions)
  const reasonOf = reasonFinder(input)
  const others: string[] = []
  const found = new Map<string, string>()
  const built: string[] = []
  for (const file of files) {
    if (isStatic(file) || elsewhere?.files.has(file)) continue
    const reason = reasonOf(file)
    if (reason === undefined) others.push(file)
    else if (reason === "build") built.push(file)
    else found.set(file, reason)
  }
  const isLeft = (path: string) => ignoredBy(path) !== undefined || isOfOtherTarget(path, input)
  const isLeftEmpty = (folder: string) => isLeft(`${folder}/`)
  const keptEmpty = emptyOnPurpose(files, isStatic, found, isLeft)
  keptEmpty.push(...emptyFolders.filter((folder) => !isLeftEmpty(folder)))
  const exclude = [
    ...coverFiles({ covered: [...found.keys(), ...built], others: others, folders: keptEmpty }),
    ...emptyFolders.filter(isLeftEmpty).map(literalPattern),
    ...(elsewhere?.paths ?? []).map(literalPattern),
  ]
  const isDropped = matchPatterns(droppedPatterns(settings))
  const isExcluded = matchPatterns(
    furtherPatterns(settings, exclude),
    (file) => isDropped(file) || isStatic(file),
  )
  const links = new Set(brokenLinks)
  const kept = files.filter((file) => !links.has(file) && !isExcluded(file))
  const leftOut = new Map<string, string[]>()
  for (const [file, reason] of found) {
    if (reason !== reasons.link && (!isExcluded(file) || isDropped(file))) continue
    const list = leftOut.get(reason)
    if (list) list.push(file)
    else leftOut.set(reason, [file])
  }
  const isElsewhere = matchPatterns((elsewhere?.paths ?? []).map(literalPattern))
  const empty = keptEmpty.filter((folder) => !isDropped(folder) && !isElsewhere(folder)).sort()
  return {
    groups: groupAssets(kept),
    kept,
    folders: foldersOf(kept, empty),
    emptyFolders: empty,
    exclude,
    brokenLinks: brokenLinks.map(literalPattern).sort(),
    leftOut,
  }
}

function isOfOtherTarget(path: string, { otherTargets = [] }: AssetInput): boolean {
  return otherTargets.some((folder) => isInside(path, folder))
}

function reasonFinder(input: AssetInput): (file: string) => string | undefined {
  const { files, ofOthers, kindOf, ignoredBy, programs } = input
  const { brokenLinks = [] } = input
  const isBuilt = isOfBuild(files)
  const links = new Set(brokenLinks)
  const isLeft = leftByBuilds(files, programs)
  return (file) => {
    if (ofOthers?.has(file) || isBuilt(file)) return "build"
    if (isOfOtherTarget(file, input)) return reasons.target
    if (input.embedded?.has(file)) return reasons.embedded
    const ignoring = ignoredBy(file)
    if (ignoring !== undefined) return ignoring
    if (links.has(file)) return reasons.link
    if (hasSecretName(file)) return reasons.secret
    if (isLeft(file)) return reasons.left
    if (isOfEditor(file)) return reasons.editor
    switch (kindOf(file)) {
      case "secret":
        return reasons.secret
      case "program":
      case "image":
      case "result":
        return reasons.left
      case undefined:
        return undefined
    }
  }
}

/** Old programs beside their source, at the root and in bin/; profiles beside Go files; archives of images. */
function leftByBuilds(
  files: readonly string[],
  programs: AssetInput["programs"],
): (file: string) => boolean {
  const goFolders = new Set([""])
  for (const file of files) {
    if (file.endsWith(".go")) goFolders.add(file.slice(0, file.lastIndexOf("/") + 1))
  }
  const places = new Set<string>()
  const profiles = new Set<string>()
  for (const { folder, name } of programs) {
    const below = folder === "" ? "" : `${folder}/`
    for (const place of ["bin/", "", below]) places.add(place + name)
    profiles.add(`${below}default.pgo`)
  }
  const platform = /(?:[-_](?:linux|darwin|windows|freebsd)[-_\w]*)?(?:\.exe)?$/
  return (file) => {
    if (file.endsWith(".oci.tar") || profiles.has(file)) return true
    if (/\.(?:out|prof|pprof|test)$/.test(file)) {
      return goFolders.has(file.slice(0, file.lastIndexOf("/") + 1))
    }
    return places.has(file) || places.has(file.replace(platform, ""))
  }
}

/** Folders that a repository keeps though nothing is in them: by a .gitignore or .gitkeep, which are all there is. */
function emptyOnPurpose(
  files: readonly string[],
  isStatic: (file: string) => boolean,
  found: ReadonlyMap<string, string>,
  isLeft: (path: string) => boolean,
): string[] {
  const marked = new Set<string>()
  const filled = new Set<string>()
  for (const file of files) {
    const slash = file.lastIndexOf("/")
    if (slash < 0) continue
    const folder = file.slice(0, slash)
    const name = file.slice(slash + 1)
    if ([".gitignore", ".gitkeep", ".keep"].includes(name)) {
      if (!isLeft(file)) marked.add(folder)
    } else if (isStatic(file) || !found.has(file)) filled.add(folder)
  }
  return [...marked].filter((folder) => !filled.has(folder))
}

/** One entry for each name at the root, however many files are below it. */
export function groupAssets(kept: readonly string[]): AssetGroup[] {
  const groups = new Map<string, number>()
  for (const file of kept) {
    const slash = file.indexOf("/")
    const path = slash < 0 ? file : file.slice(0, slash + 1)
    groups.set(path, (groups.get(path) ?? 0) + 1)
  }
  return [...groups]
    .map(([path, files]) => ({ path, files }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** With all above them, sorted. */
function foldersOf(files: readonly string[], empty: readonly string[]): string[] {
  const folders = new Set<string>()
  for (const path of [...files, ...empty.map((folder) => `${folder}/`)]) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return [...folders].sort()
}
