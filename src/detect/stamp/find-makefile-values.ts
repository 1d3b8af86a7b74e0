import { filesByFolder } from "../code/import-graph.js"
import type { Found } from "../../found.js"
import { packageFolders } from "../code/linker-symbols.js"
import { folderOfPackage } from "../packages/main-package.js"
import { readMakefileValues } from "../project/makefile-values.js"
import type { Source } from "../source.js"
import { isGoFile, makefilesOf, type StampedProject } from "./find-stamp-variables.js"
import { hasVariable } from "./stamp-variables.js"

/** More files than this are not read for it. */
const mostFiles = 200

/** What the project's Makefile has the linker set, as `symbol=value`, where its programs have such a variable. */
export async function findMakefileValues(
  source: Source,
  project: StampedProject,
): Promise<Found<string>[]> {
  const { contents, modules } = project
  const makefiles = makefilesOf(project)
  const [main] = modules
  if (makefiles.length === 0 || !main) return []
  const read = await readAll(source, makefiles, contents)
  const symbols = new Map<string, Found<string>>()
  for (const file of makefiles) {
    for (const each of readMakefileValues(read.get(file) ?? "", file, main.goMod.module.value)) {
      const [symbol = ""] = each.value.split("=", 1)
      if (!symbols.has(symbol)) symbols.set(symbol, each)
    }
  }
  const byFolder = filesByFolder(project.files)
  const wanted = [...symbols].map(([symbol, found]) => {
    const files = foldersOf(symbol, project).flatMap((folder) => byFolder.get(folder) ?? [])
    return { name: symbol.slice(symbol.lastIndexOf(".") + 1), found, files: files.filter(isGoFile) }
  })
  const files = [...new Set(wanted.flatMap((each) => each.files))].slice(0, mostFiles)
  const code = await readAll(source, files, contents)
  return wanted.flatMap(({ name, found, files: own }) =>
    own.some((file) => hasVariable(code.get(file) ?? "", name)) ? [found] : [],
  )
}

/** Of the package that has a variable; `main` is that of each program. */
function foldersOf(symbol: string, { modules, packages }: StampedProject): readonly string[] {
  const mains = packages.map(({ path }) => folderOfPackage(path))
  const folders: (readonly string[] | undefined)[] = modules.map(({ goMod, folder }) =>
    packageFolders(symbol, { path: goMod.module.value, folder }, mains),
  )
  return folders.find((each) => each !== undefined) ?? []
}

async function readAll(
  source: Source,
  files: readonly string[],
  contents: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const others = files.filter((file) => !contents.has(file))
  return others.length === 0 ? contents : new Map([...contents, ...(await source.read(others))])
}
