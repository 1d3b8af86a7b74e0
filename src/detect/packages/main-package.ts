/** Why a main package makes no program for an image. */
export interface Unfit {
  /** It does nothing, or linux cannot build it. */
  kind: "empty" | "not-for-linux"
  reason: string
  file: string
  line?: number
}

/** A folder that `go build` makes a program from. */
export interface MainPackage {
  /** Relative to the source's root, as the go command writes it: `.`, `./cmd/api`. */
  path: string
  /** What other code would import it as, were it no program. */
  importPath: string
  /** Folder of its module, relative to the source's root; empty for the root. */
  module: string
  /** The first of its files, by name, and the line of its package clause. */
  file: string
  line: number
  /** Why it makes no program that an image could run: others are built in its place, unless it is asked for. */
  unfit?: Unfit
}

/** A main package of which no file takes part in a build. */
export interface ExcludedPackage extends MainPackage {
  /** What the file asks for: `heroku`, `windows && amd64`; undefined where its name does. */
  constraint?: string
}

/** A module as far as its packages depend on it. */
export interface PackageOwner {
  /** Relative to the source's root; empty for the root. */
  folder: string
  /** The module's path. */
  path: string
  buildTags: readonly string[]
  /** Whether its go.mod keeps a folder out of patterns, relative to the module's root. */
  ignores?: (folder: string) => boolean
}

/** `cmd/api` of `./cmd/api`, as the go command writes it; empty of `.`. */
export function folderOfPackage(path: string): string {
  return path.replace(/^\.\/?/, "")
}
