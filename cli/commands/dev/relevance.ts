import { matchPatterns } from "../../../src/patterns/patterns.js"
import { isBuildFile, vcsFolders } from "../../../src/detect/source.js"

/** What of a source a plan depends on, or its image. */
export interface Interest {
  /** Patterns of what is never part of the source. */
  neverSent: readonly string[]
  /** Patterns of what the plan does not send to the engine: of the files that it knows. */
  excluded: readonly string[]
  /** Paths of all files that were there when it was planned. */
  known: ReadonlySet<string>
  /** Paths of files that were looked for, whether or not they are there. */
  read: ReadonlySet<string>
  /** What .gitignore and .dockerignore files say of a path; a folder's ends in a slash. */
  isIgnored: (path: string) => boolean
}

/** Before there is a plan: everything may matter. */
export const everything: Interest = {
  neverSent: [],
  excluded: [],
  known: new Set(),
  read: new Set(),
  isIgnored: () => false,
}

/** What editors write beside a file for a moment. */
const ofEditor = /(?:^|\/)(?:\.#[^/]*|#[^/]*#|[^/]*~|\.[^/]*\.sw[a-px]|4913)$/

/** Tells which files and folders of a source can change what is built: a new file can, whatever the plan is made of by now. */
export function interestIn({ neverSent, excluded, known, read, isIgnored }: Interest) {
  const isNever = matchPatterns(neverSent)
  const isExcluded = matchPatterns(excluded)
  const isOut = (path: string) =>
    path.split("/").some((name) => vcsFolders.includes(name)) || isNever(path)
  const mayMatter = (path: string) =>
    !known.has(path) && !ofEditor.test(path) && (isBuildFile(path) || !isIgnored(path))
  const foldersRead = new Set([...read].flatMap(foldersAbove))
  const exceptions = excluded.filter((pattern) => pattern.startsWith("!"))
  /** Whether the plan has something in an ignored folder, or may have. */
  const reaches = (folder: string) =>
    !isExcluded(folder) ||
    exceptions.some((pattern) => pattern.startsWith(`!${folder}/`) || /^!\W*\*/.test(pattern))
  return {
    isFileOfInterest: (path: string) =>
      read.has(path) || (!isOut(path) && (!isExcluded(path) || mayMatter(path))),
    isFolderOfInterest: (path: string) =>
      foldersRead.has(path) || (!isOut(path) && (!isIgnored(`${path}/`) || reaches(path))),
  }
}

function foldersAbove(path: string): string[] {
  const parts = path.split("/")
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"))
}
