import { matchPatterns } from "../../../src/patterns/patterns.js"
import { vcsFolders } from "../../../src/detect/source.js"

/** What of a source a plan depends on, or its image. */
export interface Interest {
  /** Patterns of what is not sent to the engine. */
  excluded: readonly string[]
  /** Paths of files that were looked for, whether or not they are there: go.mod, project.toml, Procfile and the like. */
  read: ReadonlySet<string>
}

/** Before there is a plan: everything may matter. */
export const everything: Interest = { excluded: [], read: new Set() }

/** Tells which files and folders of a source can change what is built. */
export function interestIn({ excluded, read }: Interest) {
  const isExcluded = matchPatterns(excluded)
  const isOfGit = (path: string) => path.split("/").some((name) => vcsFolders.includes(name))
  const hasExceptions = excluded.some((pattern) => pattern.startsWith("!"))
  const foldersRead = new Set([...read].flatMap(foldersAbove))
  return {
    isFileOfInterest: (path: string) => read.has(path) || (!isOfGit(path) && !isExcluded(path)),
    isFolderOfInterest: (path: string) =>
      foldersRead.has(path) || (!isOfGit(path) && (hasExceptions || !isExcluded(path))),
  }
}

function foldersAbove(path: string): string[] {
  const parts = path.split("/")
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"))
}
