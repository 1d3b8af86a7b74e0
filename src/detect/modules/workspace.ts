import { UserError } from "../../errors.js"
import { parseGoWork, type GoWork } from "./go-work.js"
import {
  folderOf,
  inFolder,
  localFolder,
  readModule,
  requireModule,
  type Module,
} from "./modules.js"
import type { Setting } from "../../settings/setting.js"
import type { Found } from "../../found.js"
import type { Notice } from "../../found.js"

/** A go.work and the modules that it names: the go command builds all of them together. */
export interface Workspace extends GoWork {
  /** Folder of the go.work, relative to the source's root. */
  folder: string
  /** go.work.sum is there. */
  hasSum: boolean
  /** `go work vendor` was used: dependencies of all of its modules come from its vendor/. */
  vendored: boolean
  /** The modules that it names, in its order. */
  modules: Module[]
}

/** The go.work that holds for a module: the nearest one at its folder or above it. */
export function findWorkspace(
  module: string,
  contents: ReadonlyMap<string, string>,
  files: ReadonlySet<string>,
  notices: Notice[],
): Workspace | undefined {
  const file = workspaceFile(module, files)
  const text = file === undefined ? undefined : contents.get(file)
  if (file === undefined || text === undefined) return undefined
  const folder = folderOf(file)
  const goWork = parseGoWork(text, file)
  const folders = goWork.uses.map((use) => {
    const used = localFolder(use, folder)
    requireModule(used, use, files)
    return used
  })
  if (!folders.includes(module)) {
    notices.push({
      file,
      message: `does not name ${inFolder(module, ".")}, so it is built without the workspace`,
    })
    return undefined
  }
  const modules = folders.map((each) => readModule(each, contents, files, notices))
  checkPaths(modules, goWork.uses)
  return {
    ...goWork,
    folder,
    hasSum: files.has(inFolder(folder, "go.work.sum")),
    vendored: files.has(inFolder(folder, "vendor/modules.txt")),
    modules,
  }
}

/** As a shell may have it for the go command, it can also name a go.work file. */
export function goWorkNotices(setting: Setting<string> | undefined): Notice[] {
  if (!setting || ["off", "auto", ""].includes(setting.value)) return []
  const { value, from } = setting
  if (value.endsWith("go.work")) {
    const message = `${value} is not used: the go.work above the module counts`
    return [{ file: from, message }]
  }
  throw new UserError(`invalid value ${JSON.stringify(value)} (${from})`, {
    hint: "--go-work takes auto or off.",
  })
}

/** Whether the go command would find a go.work for the module. */
export function hasWorkspaceFile(module: string, files: ReadonlySet<string>): boolean {
  return workspaceFile(module, files) !== undefined
}

function workspaceFile(module: string, files: ReadonlySet<string>): string | undefined {
  for (let folder = module; ; folder = folderOf(folder)) {
    if (files.has(inFolder(folder, "go.work"))) return inFolder(folder, "go.work")
    if (folder === "") return undefined
  }
}

function checkPaths(modules: readonly Module[], uses: readonly Found<string>[]): void {
  const seen = new Map<string, Module>()
  for (const [index, module] of modules.entries()) {
    const { value } = module.goMod.module
    const first = seen.get(value)
    if (first) {
      const { file = "go.work", line } = uses[index] ?? {}
      throw new UserError(`two modules of the workspace are called ${value}`, {
        place: { file, line },
        hint: `They are in ${inFolder(first.folder, ".")} and ${inFolder(module.folder, ".")}. Rename one, or remove it.`,
      })
    }
    seen.set(value, module)
  }
}

/** A module of the source that a build reads besides the main module. */
export interface LocalModule {
  /** What its packages are imported by. */
  path: string
  /** Relative to the source's root. */
  folder: string
}

/** Those of all of these modules, each once. */
export function findLocalModules(
  modules: readonly Module[],
  workspace: Workspace | undefined,
  files: ReadonlySet<string>,
): LocalModule[] {
  const found = modules.flatMap((each) => localModules(each, workspace, files))
  return found.filter(
    ({ path, folder }, i) =>
      found.findIndex((other) => other.path === path && other.folder === folder) === i,
  )
}

/**
 * The modules of the source that a build of this module reads besides it: the workspace's, and those that `replace` puts in
 * the place of a requirement.
 */
function localModules(
  module: Module,
  workspace: Workspace | undefined,
  files: ReadonlySet<string>,
): LocalModule[] {
  // What is in vendor/ is all that the go command reads, but for the modules of the workspace: `go work vendor` copies none.
  const isVendored = workspace ? workspace.vendored : module.vendored
  const mains = workspace?.modules ?? [module]
  const replacements = isVendored ? [] : replacementsOf(mains, workspace)
  const required = new Set(mains.flatMap(({ goMod }) => goMod.requires.map(({ path }) => path)))
  const replaced = replacements
    .filter(({ each }) => required.has(each.module))
    .map(({ each, from }) => {
      const folder = localFolder(each, from)
      requireModule(folder, each, files)
      return { path: each.module, folder }
    })
  return [...mains.map(({ goMod, folder }) => ({ path: goMod.module.value, folder })), ...replaced]
    .filter(({ folder }) => folder !== module.folder)
    .sort((a, b) => (a.folder < b.folder ? -1 : 1))
}

function replacementsOf(mains: readonly Module[], workspace: Workspace | undefined) {
  return [
    ...(workspace
      ? workspace.localReplacements.map((each) => ({ each, from: workspace.folder }))
      : []),
    ...mains.flatMap(({ goMod, folder }) =>
      goMod.localReplacements.map((each) => ({ each, from: folder })),
    ),
  ]
}
