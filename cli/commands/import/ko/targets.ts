import { posix } from "node:path"
import { isHelper } from "../../../../src/detect/packages/helper-packages.js"
import { applyBuildConfigs } from "../../../../src/detect/project/apply-build-configs.js"
import { readBuildConfigs } from "../../../../src/detect/project/build-configs.js"
import type { MainPackage } from "../../../../src/detect/packages/main-package.js"
import type { Facts } from "../../../../src/detect/facts.js"
import { folderOf } from "../../../../src/detect/modules/modules.js"
import type { ProjectDescriptor } from "../../../../src/settings/descriptor/descriptor.js"
import type { Options } from "../../../../src/options.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import {
  settingNames,
  toKebabCase,
  type SettingName,
} from "../../../../src/settings/table/table.js"
import { isTargetName } from "../../../../src/settings/targets.js"
import type { Target } from "../../init/project-toml.js"
import { targetNames } from "../../init/target-names.js"
import { koOptions } from "./values.js"

/** Of one of several programs, what .ko.yaml says of it alone. */
export interface KoProgram {
  name: string
  /** Relative to the project's folder. */
  path: string
  settings: Options
}

interface Project {
  facts: Facts
  /** As detection has them for all of the programs. */
  settings: Settings
  descriptor: ProjectDescriptor
  known: { stamped: readonly string[]; isWithoutC?: boolean }
  /** Paths of the programs that ko is seen to build; undefined where nothing says it. */
  shipped?: ReadonlySet<string>
}

export interface KoPrograms {
  programs: KoProgram[]
  /** Paths of those that ko is not seen to build. */
  left: string[]
  /** Path of the one that it builds, where it is alone. */
  only?: string
  /** The file has `builds`, which name them. */
  isNamed: boolean
}

/** What differs between programs: ko makes an image of each, and so has no need for one answer. */
export async function programsOfKo(
  text: string,
  file: string,
  { facts: { programs }, settings, descriptor, known, shipped }: Project,
): Promise<KoPrograms> {
  const folder = folderOf(file)
  const configs = await readBuildConfigs(text, file, folder)
  const named = configs.builds.filter(({ isNamed }) => isNamed)
  const isBuilt = ({ path, unfit }: MainPackage) =>
    named.length > 0
      ? named.some((each) => each.package === path)
      : !unfit && !isHelper(path) && (folder === "" || path.startsWith(`./${folder}/`))
  const all = programs.mainPackages.filter(isBuilt)
  const built = all.filter(({ path }) => shipped?.has(path) ?? true)
  const left = all.filter((each) => !built.includes(each)).map(({ path }) => relative(folder, path))
  const order = (each: MainPackage) => named.findIndex((build) => build.package === each.path)
  const sorted = built.sort((a, b) => order(a) - order(b))
  const isNamed = named.length > 0
  if (sorted.length < 2) {
    const [only] = sorted.map(({ path }) => relative(folder, path))
    return { programs: [], left, only, isNamed }
  }
  const targets = targetNames(sorted)
  const of = (each: MainPackage, index: number): KoProgram => {
    const own: Settings = {}
    applyBuildConfigs(configs, programs, [each], own)
    const values = koOptions(own, known)
    const there = tablesOf(relative(folder, each.path), descriptor)
    const isOther = (name: SettingName) =>
      values[name] !== undefined &&
      !there.has(toKebabCase(name)) &&
      JSON.stringify(own[name]?.value) !== JSON.stringify(settings[name]?.value) &&
      (settings[name] === undefined || settings[name].from.startsWith(`${file}:`))
    const names = settingNames.filter(isOther)
    return {
      path: relative(folder, each.path),
      name: targets[index] ?? "",
      settings: Object.fromEntries(names.map((name) => [name, values[name]])),
    }
  }
  return { programs: sorted.map(of), left, isNamed }
}

/** Settings that project.toml has for this program alone. */
function tablesOf(path: string, { targets }: ProjectDescriptor): Set<string> {
  const own = [...targets.values()].filter((table) => {
    const { value } = table.get("packages") ?? {}
    return Array.isArray(value) && value.includes(path)
  })
  return new Set(own.flatMap((table) => [...table.keys()]))
}

function relative(folder: string, path: string): string {
  const inside = posix.relative(folder, path)
  return inside === "" ? "." : `./${inside}`
}

/** None where their names would be the same, or could be none. */
export function targetsOfKo(programs: readonly KoProgram[]): Target[] {
  const targets = programs.map(({ name, path, settings }) => ({
    name,
    settings: { packages: [path], ...settings },
  }))
  const names = new Set(targets.map(({ name }) => name))
  const isUsable = names.size === targets.length && [...names].every(isTargetName)
  return isUsable ? targets : []
}
