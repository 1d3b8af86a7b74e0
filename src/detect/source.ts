/**
 * What detection reads a Go project through: a Dagger Directory or a local folder. Two calls, so that a project behind
 * an engine costs two round trips. Paths are relative to the project's root, with forward slashes.
 */
export interface Source {
  /** The names of everything there, without the contents. */
  survey(): Promise<Survey>
  /** Contents of those of the paths that are regular files; the others are left out. */
  read(paths: readonly string[]): Promise<Map<string, string>>
  /** Lines of Go files that match; only some projects need it, and it costs one more round trip. */
  search(pattern: string): Promise<Line[]>
}

export interface Line {
  path: string
  /** 1-based. */
  line: number
  text: string
}

export interface Survey {
  /** Every file, sorted; folders are implied by their files. Nothing inside a VCS folder is listed. */
  files: string[]
  /** Go files with a line that starts with `package main`: candidates, still to be read. */
  mainCandidates: string[]
}

/** Never looked into, never sent to an engine: version control's own folders. */
export const vcsFolders = [".git", ".hg", ".svn", ".bzr", ".jj"]

/** As the Rust and the JavaScript regular expression engines both read it, line by line. */
export const packageMainLine = "^\\uFEFF?\\s*package\\s+main\\b"
