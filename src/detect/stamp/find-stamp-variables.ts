import { filesByFolder } from "../code/import-graph.js"
import { isBuildable } from "../packages/main-packages.js"
import { makefiles, readMakefile } from "../project/makefile.js"
import { folderOf, inFolder, isInside, type Module } from "../modules/modules.js"
import { oncePer, setOf } from "../once.js"
import type { Source } from "../source.js"
import { findStampVariables, isVersionFolder, type StampVariable } from "./stamp-variables.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"

/** Of generated trees there may be any number. */
const mostFiles = 100

export interface StampedProject {
  /** Of the source, and what is known of their contents. */
  files: readonly string[]
  contents: ReadonlyMap<string, string>
  modules: readonly Module[]
  packages: readonly MainPackage[]
}

/**
 * The variables that say a program's version: those that a Makefile has the linker set, those of the main packages, and
 * those of the modules' packages for it.
 */
export async function findStampVariablesOf(
  source: Source,
  project: StampedProject,
): Promise<StampVariable[]> {
  const versionFiles = filesOfVersionPackages(project)
  const wanted = [...versionFiles, ...makefilesOf(project)]
  const read = new Map([
    ...project.contents,
    ...(await source.read(wanted.filter((file) => !project.contents.has(file)))),
  ])
  const found = new Map<string, StampVariable>()
  const add = (variables: readonly StampVariable[]) => {
    for (const each of variables) if (!found.has(each.symbol)) found.set(each.symbol, each)
  }
  const [main] = project.modules
  for (const file of makefilesOf(project)) {
    add(readMakefile(read.get(file) ?? "", file, main?.goMod.module.value ?? ""))
  }
  for (const file of filesOfPrograms(project)) {
    add(findStampVariables(file, read.get(file) ?? "", "main"))
  }
  for (const file of versionFiles) {
    const module = moduleOf(file, project.modules)
    const inside = folderOf(module.folder === "" ? file : file.slice(module.folder.length + 1))
    const importPath = [module.goMod.module.value, inside].filter(Boolean).join("/")
    add(findStampVariables(file, read.get(file) ?? "", importPath))
  }
  return [...found.values()]
}

/** The one of each folder that make would read: the main module's, and the source's root's. */
export function makefilesOf({ files, modules }: StampedProject): string[] {
  const here = setOf(files)
  const folders = new Set([modules[0]?.folder ?? "", ""])
  return [...folders].flatMap((folder) => {
    const file = makefiles.map((name) => inFolder(folder, name)).find((each) => here.has(each))
    return file === undefined ? [] : [file]
  })
}

function filesOfPrograms({ files, packages }: StampedProject): string[] {
  const folders = new Set(packages.map(({ path }) => folderOfPackage(path)))
  const byFolder = filesByFolder(files)
  return [...folders]
    .flatMap((folder) => byFolder.get(folder) ?? [])
    .filter(isGoFile)
    .sort()
}

function filesOfVersionPackages({ files, modules, packages }: StampedProject): string[] {
  const programs = new Set(packages.map(({ path }) => path))
  return ofVersionFolders(files)
    .filter(
      (file) =>
        !programs.has(`./${folderOf(file)}`) &&
        modules.some(({ folder }) => isInside(file, folder)),
    )
    .slice(0, mostFiles)
}

const ofVersionFolders = oncePer((files: readonly string[]) =>
  files.filter((file) => isGoFile(file) && isVersionFolder(folderOf(file)) && isBuildable(file)),
)

export function isGoFile(file: string): boolean {
  return file.endsWith(".go") && !file.endsWith("_test.go")
}

/** The innermost one. */
function moduleOf(file: string, modules: readonly Module[]): Module {
  const around = modules.filter(({ folder }) => isInside(file, folder))
  const [first, ...others] = around as [Module, ...Module[]]
  return others.reduce((a, b) => (b.folder.length > a.folder.length ? b : a), first)
}
