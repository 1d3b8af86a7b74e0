import { matchesFile } from "../code/build-constraint.js"
import { readGoCode, readImports } from "../code/go-code.js"
import { parseGoFileHeader } from "../code/go-file.js"
import type { GoMod, Requirement } from "./go-mod.js"
import { folderOf, inFolder, moduleFolders, folderFinder, type Module } from "./modules.js"
import type { Source } from "../source.js"
import type { Workspace } from "./workspace.js"
import type { MainPackage } from "../packages/main-package.js"

/** A module that a program imports and that go.sum has no checksum of: the go command refuses to build the program. */
export interface MissingSum {
  path: string
  version: string
  /** Of the requirement in go.mod. */
  file: string
  line: number
  /** `main.go:5` */
  importedAt: string
  /** Path of the main package that needs it. */
  program: string
}

/**
 * Looks for them as far as text can tell: in what the module's own files import. What is not found may be missing all the
 * same; what is found is missing for certain.
 */
export async function findMissingSums(
  source: Source,
  module: Module,
  programs: readonly MainPackage[],
  project: { files: readonly string[]; tags: readonly string[]; workspace?: Workspace },
): Promise<MissingSum[]> {
  const { folder, goMod } = module
  if (goMod.requires.length === 0) return []
  const { workspace } = project
  const sums = await source.read(sumFiles(module, workspace))
  const text = [...sums.values()].join("\n")
  const missing = workspace
    ? withoutSumInWorkspace(workspace, goMod, text)
    : withoutSum(goMod, text)
  if (missing.length === 0) return []
  const graph = new OwnImports(source, module, project.files, project.tags)
  const found: MissingSum[] = []
  for (const program of programs.filter((each) => each.module === folder)) {
    for (const { path, at } of await graph.importsOf(folderOf(program.file))) {
      for (const { path: required, version, line } of missing) {
        const isNew = !found.some((each) => each.path === required && each.program === program.path)
        if (isNew && isWithin(path, required)) {
          const place = { file: goMod.module.file, line }
          found.push({ path: required, version, ...place, importedAt: at, program: program.path })
        }
      }
    }
  }
  return found
}

/** In a workspace, those of all of its modules count. */
function sumFiles(module: Module, workspace: Workspace | undefined): string[] {
  const modules = workspace?.modules ?? [module]
  return [
    ...modules.flatMap(({ folder, hasGoSum }) => (hasGoSum ? [inFolder(folder, "go.sum")] : [])),
    ...(workspace?.hasSum ? [inFolder(workspace.folder, "go.work.sum")] : []),
  ]
}

/** Of a module of a workspace. Another one may ask for a later version of something, or replace it. */
function withoutSumInWorkspace(
  { modules, replaced = [] }: Workspace,
  goMod: GoMod,
  goSum: string,
): Requirement[] {
  const elsewhere = new Set([
    ...replaced,
    ...modules.map((each) => each.goMod.module.value),
    ...modules.flatMap((each) => each.goMod.localReplacements.map(({ module }) => module)),
    ...modules.flatMap((each) => (each.goMod.replacements ?? []).map(({ module }) => module)),
  ])
  const requires = goMod.requires.filter(({ path }) => !elsewhere.has(path))
  return withoutSum({ ...goMod, requires }, goSum, false)
}

/** The requirements whose files no line of go.sum is about. A line for `v1.2.3/go.mod` is about its go.mod alone. */
export function withoutSum(
  goMod: GoMod,
  goSum: string,
  // Before Go 1.17, a dependency may ask for a later version than go.mod has.
  isExact = isPruned(goMod),
): Requirement[] {
  const sums = new Set<string>()
  for (const line of goSum.split("\n")) {
    const [path, version = "", hash] = line.trim().split(/\s+/)
    if (path === undefined || hash === undefined || version.endsWith("/go.mod")) continue
    sums.add(`${path} ${version}`)
    sums.add(path)
  }
  return goMod.requires.filter((requirement) => {
    const { path } = requirement
    if (goMod.excludes?.includes(path)) return false
    const replacement = replacementOf(requirement, goMod)
    if (replacement === "folder") return false
    const { path: origin, version } = replacement ?? requirement
    return isExact ? !sums.has(`${origin} ${version}`) : !sums.has(origin)
  })
}

function isPruned({ go }: GoMod): boolean {
  const [, minor] = /^1\.(\d+)/.exec(go?.value ?? "") ?? []
  return minor !== undefined && Number(minor) >= 17
}

/** What stands in its place; a replacement of a version counts more than one of all. */
function replacementOf(
  { path, version }: Requirement,
  { localReplacements, replacements = [] }: GoMod,
): { path: string; version: string } | "folder" | undefined {
  if (localReplacements.some((each) => each.module === path)) return "folder"
  const own = replacements.filter((each) => each.module === path)
  const found = own.find((each) => each.of === version) ?? own.find((each) => each.of === undefined)
  return found && { path: found.path, version: found.version }
}

function isWithin(importPath: string, module: string): boolean {
  return importPath === module || importPath.startsWith(`${module}/`)
}

/** A file that takes part for both of them does so whatever it is built for. */
const usualArchitectures = ["amd64", "arm64"]

/** What the packages of a module import, each package read once. */
class OwnImports {
  private readonly byFolder = new Map<string, string[]>()
  private readonly read = new Map<string, { path: string; at: string }[]>()
  private readonly moduleOf: (path: string) => string | undefined

  constructor(
    private readonly source: Source,
    private readonly module: Module,
    files: readonly string[],
    private readonly tags: readonly string[],
  ) {
    this.moduleOf = folderFinder(moduleFolders(files))
    for (const file of files) {
      if (!file.endsWith(".go") || file.endsWith("_test.go")) continue
      const folder = folderOf(file)
      const others = this.byFolder.get(folder)
      if (others) others.push(file)
      else this.byFolder.set(folder, [file])
    }
  }

  /** Of a package, and of all of the module's packages that it needs. */
  async importsOf(folder: string): Promise<{ path: string; at: string }[]> {
    const all: { path: string; at: string }[] = []
    const seen = new Set([folder])
    for (let next = [folder]; next.length > 0;) {
      await this.readPackages(next.filter((each) => !this.read.has(each)))
      const imports = next.flatMap((each) => this.read.get(each) ?? [])
      next = []
      for (const each of imports) {
        const own = this.ownFolder(each.path)
        if (own === undefined) all.push(each)
        else if (!seen.has(own)) {
          seen.add(own)
          next.push(own)
        }
      }
    }
    return all
  }

  /** Of a package of this module; undefined for those of others. */
  private ownFolder(importPath: string): string | undefined {
    const { folder, goMod } = this.module
    const root = goMod.module.value
    if (!isWithin(importPath, root)) return undefined
    const inside = importPath.slice(root.length + 1)
    const own = inside === "" ? folder : inFolder(folder, inside)
    return this.moduleOf(own) === folder ? own : undefined
  }

  private async readPackages(folders: readonly string[]): Promise<void> {
    const files = folders.flatMap((each) => this.byFolder.get(each) ?? [])
    const contents = await this.source.read(files)
    for (const folder of folders) this.read.set(folder, [])
    for (const [file, text] of contents) {
      const { constraint } = parseGoFileHeader(text)
      const imports = readImports(readGoCode(text))
      const isCompiled = usualArchitectures.every((arch) =>
        [true, false].every((cgo) =>
          matchesFile(file, constraint, { os: "linux", arch, cgo, tags: this.tags }),
        ),
      )
      // Without cgo, such a file is left out; whether there is cgo, is decided elsewhere.
      if (!isCompiled || imports.some(({ path }) => path === "C")) continue
      const places = imports.map(({ path, line }) => ({ path, at: `${file}:${line}` }))
      this.read.get(folderOf(file))?.push(...places)
    }
  }
}
