import { existsSync, readFileSync, statSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { dirname, join, relative, resolve, sep } from "node:path"
import { formatPlace, UserError } from "../../src/errors.js"
import { parseGoMod, type GoMod } from "../../src/detect/modules/go-mod.js"
import { parseGoWork } from "../../src/detect/modules/go-work.js"
import { legacyFiles } from "../../src/detect/modules/legacy.js"
import type { Setting } from "../../src/settings/setting.js"

/** Where a project is in what a build of it needs. */
export interface ProjectRoot {
  /** Folder that is the source. */
  root: string
  /** Where in it the project is, and what says so; none where the project is all of the source. */
  folder?: Setting<string>
  /** Folders of the source that are looked into, relative to it: all of it by default. */
  within?: string[]
}

/**
 * How far up a build of this folder must look: to the module that it is a package of, to the go.work that names the module,
 * to the folders that `replace` puts in the place of other modules; at most to the root of the Git work tree. The go
 * command looks up in the same way.
 */
export function findRoot(asked: string, environment: { goWork?: string }): ProjectRoot {
  const folder = resolve(asked)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return { root: asked }
  const limit = workTree(folder)
  const module = isOwnProject(folder)
    ? undefined
    : findUp(folder, limit, (each) => existsSync(join(each, "go.mod")))
  if (module === undefined || (limit === undefined && isNobodys(module))) return { root: asked }
  const found = new Search(module, limit)
  found.readModule(module)
  if (environment.goWork !== "off") found.readWorkspace(module)
  const { root, from } = found
  if (root === folder) return { root: asked }
  const inRoot = (path: string) => relative(root, path).split(sep).join("/")
  const within = [...found.folders].map(inRoot)
  return {
    root,
    folder: {
      value: inRoot(folder),
      from: formatPlace({ file: inRoot(from.file), line: from.line }),
    },
    within: within.includes("") ? undefined : within,
  }
}

/**
 * The folder whose project.toml has the targets, where the folder asked for has none: it, or the nearest one above it, at most
 * the root of the Git work tree. What a target says is relative to it.
 */
export function findTargetsFolder(asked: string): string {
  const folder = resolve(asked)
  const limit = workTree(folder)
  const found = findUp(folder, limit, hasTargets)
  if (found === undefined || found === folder) return asked
  return limit === undefined && isNobodys(found) ? asked : found
}

/** Without Git, no repository: a person's home, the folder of temporary files, what is above them, and the file system's root. */
export function isNobodys(folder: string): boolean {
  return [homedir(), tmpdir(), "/"].some((each) => isInside(each, folder))
}

function hasTargets(folder: string): boolean {
  const file = join(folder, "project.toml")
  return existsSync(file) && /^\s*\[\[\s*go-image\s*\.\s*targets/m.test(readFileSync(file, "utf8"))
}

/** Which folders are needed, gathered from the files that name them. */
class Search {
  /** Absolute paths. */
  readonly folders: Set<string>
  /** The folder that has all of them. */
  root: string
  /** What made the root what it is; an absolute path. */
  from: { file: string; line?: number }

  constructor(
    module: string,
    private readonly limit: string | undefined,
  ) {
    this.folders = new Set([module])
    this.root = module
    this.from = { file: join(module, "go.mod") }
  }

  /** `replace example.com/lib => ../lib`, where that is required. */
  readModule(folder: string): void {
    const goMod = tryRead(join(folder, "go.mod"), parseGoMod)
    if (goMod) this.readReplacements(folder, goMod.localReplacements, requiredBy([goMod]))
  }

  readWorkspace(module: string): void {
    const folder = findUp(module, this.limit, (each) => existsSync(join(each, "go.work")))
    const goWork = folder && tryRead(join(folder, "go.work"), parseGoWork)
    if (!goWork) return
    const uses = goWork.uses.map(({ value }) => resolve(folder, value))
    if (!uses.includes(module)) return
    const file = join(folder, "go.work")
    this.add(folder, { file })
    for (const [index, use] of uses.entries()) {
      this.add(use, { file, line: goWork.uses[index]?.line })
      this.readModule(use)
    }
    const goMods = uses.flatMap((use) => tryRead(join(use, "go.mod"), parseGoMod) ?? [])
    this.readReplacements(folder, goWork.localReplacements, requiredBy(goMods))
  }

  private readReplacements(
    folder: string,
    replacements: GoMod["localReplacements"],
    required: ReadonlySet<string>,
  ): void {
    for (const { module, value, file, line } of replacements) {
      if (required.has(module)) {
        this.add(resolve(folder, value), { file: join(folder, file), line })
      }
    }
  }

  /** One that is not there, or too far up, is for detection to say: it knows the line. */
  private add(folder: string, from: Search["from"]): void {
    if (!existsSync(join(folder, "go.mod")) && !existsSync(join(folder, "go.work"))) return
    const root = commonFolder(this.root, folder)
    if (!this.mayReach(root)) return
    this.folders.add(folder)
    if (this.root !== root) this.from = from
    this.root = root
  }

  private mayReach(root: string): boolean {
    if (this.limit !== undefined) return isInside(root, this.limit)
    return !isNobodys(root)
  }
}

function requiredBy(goMods: readonly GoMod[]): Set<string> {
  return new Set(goMods.flatMap(({ requires }) => requires.map(({ path }) => path)))
}

/** Undefined of a file that is not there, or wrong: detection says what of it. */
function tryRead<T>(file: string, parse: (text: string, file: string) => T): T | undefined {
  try {
    return parse(readFileSync(file, "utf8"), file.slice(file.lastIndexOf(sep) + 1))
  } catch (error) {
    if (error instanceof UserError || (error as NodeJS.ErrnoException).code !== undefined) {
      return undefined
    }
    throw error
  }
}

/** The root of the Git work tree that a folder is in. */
export function workTree(folder: string): string | undefined {
  return findUp(folder, undefined, (each) => existsSync(join(each, ".git")))
}

/** The nearest folder that is wanted: this one, or one above it, at most the limit. */
export function findUp(
  folder: string,
  limit: string | undefined,
  isWanted: (folder: string) => boolean,
): string | undefined {
  for (let each = folder; ; each = dirname(each)) {
    if (isWanted(each)) return each
    if (each === limit || dirname(each) === each) return undefined
  }
}

/** Of several modules, or from before modules: what is above it does not matter. */
function isOwnProject(folder: string): boolean {
  return ["go.work", ...legacyFiles].some((file) => existsSync(join(folder, file)))
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function commonFolder(a: string, b: string): string {
  let common = a
  while (!isInside(b, common)) common = dirname(common)
  return common
}
