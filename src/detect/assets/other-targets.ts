import { UserError } from "../../errors.js"
import { tableLayer } from "../../settings/layers.js"
import type { ProjectDescriptor } from "../../settings/descriptor/descriptor.js"
import type { Setting } from "../../settings/setting.js"
import { isInside } from "../modules/modules.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"
import type { Programs } from "../packages/package-choice.js"
import { choosePackages } from "../packages/packages.js"

/** What a target is made of. */
interface TargetBuild {
  target: string | undefined
  /** What the compiler reads for it, its programs' own files among them; undefined where that is not known. */
  compiled: ReadonlySet<string> | undefined
}

/**
 * Folders of the repository's other targets, as project.toml lists them: their files are no part of this target's image. A
 * folder whose code this target is compiled from is not one of them.
 */
export function foldersOfOtherTargets(
  descriptor: ProjectDescriptor,
  programs: Programs,
  { target, compiled }: TargetBuild,
): string[] {
  if (target === undefined || compiled === undefined) return []
  const names = [...descriptor.targets.keys()].filter((name) => name !== target)
  const folders = new Set(
    names.flatMap((name) => packagesOf(name, descriptor, programs)).map(folderOfProgram),
  )
  return [...folders].filter((folder) => folder !== "" && !hasAny(compiled, folder)).sort()
}

/** What is wrong with another target is for its own build to say. */
function packagesOf(
  target: string,
  { targets, file }: ProjectDescriptor,
  programs: Programs,
): readonly MainPackage[] {
  try {
    const layer = tableLayer(targets.get(target) ?? new Map(), file)
    const packages = layer("packages") as Setting<string[]> | undefined
    return packages ? choosePackages(programs, { packages }).packages : []
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

/** `services/web` of `./services/web/cmd/server`, which has its files there; `cmd/web` of `./cmd/web`. */
function folderOfProgram({ path }: MainPackage): string {
  const folder = folderOfPackage(path)
  return folder.replace(/\/cmd(?:\/[^/]+)?$/, "")
}

function hasAny(files: ReadonlySet<string>, folder: string): boolean {
  for (const file of files) if (isInside(file, folder)) return true
  return false
}
