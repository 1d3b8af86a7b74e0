import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { LinkedModule } from "../../plan/tasks/licenses-task.js"
import type { Binary } from "../../plan/types.js"
import type { Module } from "../programs/build-info.js"
import type { SbomFacts } from "../facts.js"
import { licenseOfTexts } from "./license-text.js"

/** By the modules' names, see `keyOf`. */
export type ModuleLicenses = ReadonlyMap<string, string>

/** What is linked into the programs of the project: only their modules are where a build of it has them. */
export function linkedModules(
  { images }: SbomFacts,
  binaries: readonly Binary[],
): readonly LinkedModule[] {
  const folders = new Map(binaries.map(({ installed, module }) => [installed, module]))
  const programs = images.flatMap((image) => image.programs)
  const all = programs.flatMap(({ file, modules }) => {
    const mainModule = folders.get(file)
    if (mainModule === undefined) return []
    return modules.map((module): [string, LinkedModule] => {
      const { path, version } = module.replacedBy ?? module
      return [keyOf(module), { importedAs: module.path, path, version, mainModule }]
    })
  })
  return [...new Map(all).values()]
}

/** @param folder Where the task has left the texts: for each module a folder, by its place in the list. */
export function readLicenses(folder: string, modules: readonly LinkedModule[]): ModuleLicenses {
  const found = modules.flatMap((module, index): [string, string][] => {
    const own = join(folder, String(index))
    const texts = readdirSync(own)
      .sort()
      .map((file) => readFileSync(join(own, file), "utf8"))
    const license = licenseOfTexts(texts)
    return license === undefined ? [] : [[nameOf(module), license]]
  })
  return new Map(found)
}

export function withLicenses(facts: SbomFacts, licenses: ModuleLicenses): SbomFacts {
  const licensed = (module: Module): Module => {
    const license = licenses.get(keyOf(module))
    return license === undefined ? module : { ...module, license }
  }
  return {
    ...facts,
    images: facts.images.map((image) => ({
      ...image,
      programs: image.programs.map((program) => ({
        ...program,
        modules: program.modules.map(licensed),
      })),
    })),
  }
}

function keyOf(module: Module): string {
  const { path, version } = module.replacedBy ?? module
  return nameOf({ importedAs: module.path, path, version })
}

/** As in go.sum, by the modules' names; a folder has none. */
export function sumsOf({ images }: SbomFacts): ReadonlyMap<string, string> {
  const modules = images.flatMap(({ programs }) => programs.flatMap((program) => program.modules))
  return new Map(
    modules.flatMap((module): [string, string][] => {
      const { sum } = module.replacedBy ?? module
      return sum === undefined ? [] : [[keyOf(module), sum]]
    }),
  )
}

/** A folder that stands in for a module has no version. */
export function nameOf({ importedAs, path, version }: Omit<LinkedModule, "mainModule">): string {
  return version === "" ? `${importedAs} => ${path}` : `${path}@${version}`
}
