import { UserError } from "../errors.js"
import type { ContentKind } from "./assets/content-kind.js"
import { isLicenseFile } from "./assets/license.js"

/**
 * What detection reads a Go project through: a Dagger Directory or a local folder. Two calls, so that a project behind
 * an engine costs two round trips. Paths are relative to the project's root, with forward slashes.
 */
export interface Source {
  /** The names of everything there, without the contents. */
  survey(): Promise<Survey>
  /**
   * Contents of those of the paths that are there. Only files of the source are read: a UserError says where a link leads
   * elsewhere, where something else than a file stands in a file's place, and where a file is too large to be what its
   * name says.
   */
  read(paths: readonly string[]): Promise<Map<string, string>>
  /** Texts of Go files, by their paths; without links, whose text is another file's. Costs no round trip. */
  goHeaders(paths: readonly string[]): Promise<Map<string, string>>
  /** Lines of Go files that match. Where only these files are asked for, a source may leave out others. */
  search(pattern: string, files?: readonly string[]): Promise<Line[]>
  /**
   * What files are by their content, where that keeps them out of an image; to be asked of those alone that would be in it.
   * Costs no round trip. An engine does not look into programs.
   */
  contentKinds(): Promise<(path: string) => ContentKind | undefined>
  /** Undefined where nothing is above, or nobody can look there: a Dagger Directory has no parent. */
  above?(): Promise<Above | undefined>
}

/** What is above a source in its Git work tree, and counts for it. */
export interface Above {
  /** Where in the work tree the source is. */
  folder: string
  /** Texts of the .gitignore files above it, by their paths in the work tree. */
  gitignores: ReadonlyMap<string, string>
}

export interface Line {
  path: string
  /** 1-based. */
  line: number
  text: string
}

export function byPlace(a: Line, b: Line): number {
  return a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1
}

export interface Survey {
  /** Every file, sorted; folders are implied by their files. Nothing inside a VCS folder is listed. */
  files: string[]
  /** Go files with a line that starts with `package main`: candidates, still to be read. */
  mainCandidates: string[]
  /** Folders with nothing in them, without a slash. */
  emptyFolders?: string[]
  /** Those of the files that are symbolic links, and of these, the ones that do not lead to anything of the source. */
  links?: string[]
  brokenLinks?: string[]
}

/**
 * Patterns of what is never part of a source, at the end of all others: nothing brings it back. Version control is not sent to
 * an engine: no build needs it, and it often is the larger part of a checkout. A literal: Dagger reads it in its arguments.
 */
export const neverSource = ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"]

/** The names of those folders, which are never looked into. */
export const vcsFolders = neverSource.map((pattern) => pattern.slice("**/".length))

/** As the Rust and the JavaScript regular expression engines both read it, line by line. */
export const packageMainLine = "^\\uFEFF?\\s*package\\s+main\\b"

const buildFiles =
  /(?:^|\/)(?:go\.(?:mod|sum|work|work\.sum)|\.go-version|vendor\/modules\.txt|[^/]*\.go)$|^(?:Procfile|project\.toml|bin\/go-(?:pre|post)-compile)$/

/** What a build reads of itself. */
export function isBuildFile(path: string): boolean {
  return buildFiles.test(path)
}

/** The beginning of a larger Go file says as much as all of it: those are tables that a tool wrote. */
const goFileLimit = 10_000_000
const lockFileLimit = 10_000_000
const otherLimit = 1_000_000

/** Names of files that a tool writes, with a line or more for each dependency. */
const lockFiles = /(?:^|\/)(?:go\.sum|go\.work\.sum|vendor\/modules\.txt|[^/]*lock(?:\.[^/]*)?)$/

/** How many bytes of a file are read, or what it may have. */
export function readLimit(path: string): { bytes: number; cut: boolean } {
  if (path.endsWith(".go")) return { bytes: goFileLimit, cut: true }
  // What a license's name may belong to is not always one.
  const cut = !isBuildFile(path) && isLicenseFile(path)
  return { bytes: lockFiles.test(path) ? lockFileLimit : otherLimit, cut }
}

export function tooLarge(file: string, bytes: number): UserError {
  const most = readLimit(file).bytes / 1e6
  return new UserError(`too large: ${(bytes / 1e6).toFixed(1)} MB`, {
    place: { file },
    hint: `At most ${most} MB of such a file are read. Is it the right file?`,
  })
}

export function leadsOutside(file: string, target: string): UserError {
  return new UserError(`a link that leads out of the source folder: ${target}`, {
    place: { file },
    hint: "Only files in the source folder are read. Copy the file there, or give a folder that contains both as the source.",
  })
}

export function leadsNowhere(file: string, target: string): UserError {
  return new UserError(`a link that leads nowhere: ${target}`, {
    place: { file },
    hint: "Put the file there, or remove the link.",
  })
}

export function notAFile(file: string, what: string): UserError {
  return new UserError(`expected a file, found ${what}`, {
    place: { file },
    hint: "Put the file there, or remove it.",
  })
}
