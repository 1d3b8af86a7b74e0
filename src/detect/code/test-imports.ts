import { folderFinder, folderOf, type Module } from "../modules/modules.js"
import { isBuildable } from "../packages/main-packages.js"
import type { Source } from "../source.js"
import { ignoredFolders } from "./ignored-folders.js"
import { walkImports, type GraphInput } from "./import-graph.js"

/** What all packages of a module, as `./...` names them, and their tests import that is not the source's, sorted. */
export async function findTestImports(
  source: Source,
  input: GraphInput,
  { folder: module, goMod }: Pick<Module, "folder" | "goMod">,
): Promise<string[]> {
  const moduleOf = folderFinder(input.moduleFolders)
  const isIgnored = ignoredFolders(goMod.ignores)
  const inModule = (folder: string) => (module === "" ? folder : folder.slice(module.length + 1))
  const folders = new Set(
    input.files
      .filter((file) => file.endsWith(".go") && isBuildable(file))
      .map(folderOf)
      .filter((folder) => moduleOf(folder) === module && !isIgnored(inModule(folder))),
  )
  const packages = [...folders].map((folder) => ({ path: folder === "" ? "." : `./${folder}` }))
  const { foreign } = await walkImports(source, { ...input, packages, withTests: true })
  return foreign
}
