import { posix } from "node:path"
import { UserError } from "../../errors.js"
import { parseGoMod, type GoMod } from "./go-mod.js"
import { isBuildable } from "../packages/main-packages.js"
import { oncePer, oncePerText } from "../once.js"
import type { Found } from "../../found.js"
import type { Notice } from "../../found.js"

/** A Go module of the source: the main module of a build, or one that it reads. */
export interface Module {
  /** Its folder, relative to the source's root; empty for the root itself. */
  folder: string
  goMod: GoMod
  /** go.sum is there: module downloads are verified against it. */
  hasGoSum: boolean
  /** vendor/modules.txt is there and used: dependencies come from vendor/. */
  vendored: boolean
}

/** The folders of all modules whose packages the go command would build, each before those inside of it. */
export const moduleFolders: (files: readonly string[]) => readonly string[] = oncePer((files) =>
  files
    .filter((file) => /(?:^|\/)go\.mod$/.test(file) && isBuildable(file))
    .map((file) => folderOf(file))
    .sort((a, b) => (a < b ? -1 : 1)),
)

/** Finds the innermost of these folders that a file or folder is in. */
export function folderFinder(folders: readonly string[]): (path: string) => string | undefined {
  const known = new Set(folders)
  return (path) => {
    for (let each = path; ; each = folderOf(each)) {
      if (known.has(each)) return each
      if (each === "") return undefined
    }
  }
}

export function isInside(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`)
}

export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), 0))
}

/** `services/api` and `go.mod` are `services/api/go.mod`; in the root it is `go.mod`. */
export function inFolder(folder: string, path: string): string {
  if (path === "" || path === ".") return folder || "."
  return folder === "" ? path : `${folder}/${path}`
}

/** What the paths of all that is in a folder start with. */
export function startOf(folder: string): string {
  return folder === "" ? "" : `${folder}/`
}

const goMods = oncePerText<ReadonlyMap<string, string>, GoMod>()

export function goModIn(folder: string, contents: ReadonlyMap<string, string>): GoMod {
  const file = inFolder(folder, "go.mod")
  return goMods(contents, file, () => parseGoMod(contents.get(file) ?? "", file))
}

export function readModule(
  folder: string,
  contents: ReadonlyMap<string, string>,
  files: ReadonlySet<string>,
  notices: Notice[],
): Module {
  const goMod = goModIn(folder, contents)
  return {
    folder,
    goMod,
    hasGoSum: files.has(inFolder(folder, "go.sum")),
    vendored: files.has(inFolder(folder, "vendor/modules.txt")) && usesVendor(goMod, notices),
  }
}

/** The go command ignores the vendor/ of a module of Go 1.13 and older, which often is not up to date. */
function usesVendor({ module, go }: GoMod, notices: Notice[]): boolean {
  if (go === undefined) {
    const message = "vendor/ is not used because go.mod has no go line, as with the go command"
    notices.push({ file: module.file, message })
    return false
  }
  const [, minor] = /^1\.(\d+)/.exec(go.value) ?? []
  if (minor === undefined || Number(minor) >= 14) return true
  const message = `vendor/ is not used with Go ${go.value}, as with the go command; from 1.14 on it is`
  notices.push({ file: go.file, line: go.line, message })
  return false
}

/**
 * Folder of a module that a `replace` or `use` names, relative to the source's root.
 *
 * @param from Folder of the file that names it.
 */
export function localFolder({ value, file, line }: Found<string>, from: string): string {
  const joined = value.startsWith("/") ? value : posix.join(from, value)
  const folder = posix.normalize(joined).replace(/\/$/, "")
  if (folder.startsWith("/") || folder === ".." || folder.startsWith("../")) {
    throw new UserError(`a module outside the source folder: ${value}`, {
      place: { file, line },
      hint: "Give a folder that contains both as the source, or copy it into the project with `go mod vendor`.",
    })
  }
  return folder === "." ? "" : folder
}

/** Where a module must be; a folder without one is most often a submodule that was not fetched. */
export function requireModule(
  folder: string,
  { value, file, line }: Found<string>,
  files: ReadonlySet<string>,
): void {
  if (files.has(inFolder(folder, "go.mod"))) return
  const isEmpty = ![...files].some((each) => isInside(each, folder))
  throw new UserError(`no go.mod in ${value}`, {
    place: { file, line },
    hint:
      isEmpty && files.has(".gitmodules")
        ? "The folder is empty. `git submodule update --init` fetches it, if it is a submodule."
        : "Correct the path, or add the module.",
  })
}
