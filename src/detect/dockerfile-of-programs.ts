import { parseDockerfile, type Dockerfile } from "./dockerfile.js"
import { programsOfDockerfile } from "./dockerfile-programs.js"
import type { GoBuild } from "./dockerfile-commands.js"
import type { Found } from "./found.js"
import { isHelper } from "./helper-packages.js"
import type { MainPackage } from "./main-packages.js"
import { folderOf, inFolder, type Module } from "./modules.js"
import type { Programs } from "./packages.js"

/** The Dockerfile of an image with the programs that are built. */
export interface ProgramDockerfile extends Omit<Dockerfile, "builds"> {
  /** Import path of the one that it runs. */
  run?: string
  /** What stands behind it. */
  args: string[]
  /** What its `go build` lines have. */
  buildTags?: Found<string[]>
}

/** The first of the folders that has one decides. */
export function findDockerfile(
  folders: readonly string[],
  contents: ReadonlyMap<string, string>,
): Dockerfile | undefined {
  const file = folders
    .map((folder) => inFolder(folder, "Dockerfile"))
    .find((each) => contents.has(each))
  return file === undefined ? undefined : parseDockerfile(contents.get(file) ?? "", file)
}

/** In the folder of the only program, its module, or the source; undefined where it is of something else. */
export function dockerfileOf(
  packages: readonly MainPackage[],
  module: Module,
  { mainPackages }: Programs,
  contents: ReadonlyMap<string, string>,
): ProgramDockerfile | undefined {
  const [only, another] = packages
  const own = only && !another ? [only.path.replace(/^\.\/?/, "")] : []
  const found = findDockerfile([...own, module.folder, ""], contents)
  if (!found) return undefined
  const { builds, ...dockerfile } = found
  const { built, run } = programsOfDockerfile(found, mainPackages)
  const says = run ? [run.package] : built
  const others = mainPackages.filter((each) => !isHelper(each.path) && !each.unfit)
  // One that names no program is of the only one, where it is not of something else altogether.
  const isOf =
    says.length > 0
      ? packages.some((each) => says.includes(each))
      : only !== undefined &&
        others.every((each) => packages.includes(each)) &&
        (builds.length > 0 || folderOf(found.file) === (own[0] ?? ""))
  if (!isOf) return undefined
  const buildTags = tagsOf(builds)
  return { ...dockerfile, run: run?.package.importPath, args: run?.args ?? [], buildTags }
}

/** These say which C library their image has, which is not ours. */
const tagsOfItsImage = new Set(["musl", "dynamic"])

/** Where all that it builds is built with the same ones. */
function tagsOf(builds: readonly GoBuild[]): Found<string[]> | undefined {
  const [first] = builds
  const value = (first?.tags ?? []).filter((tag) => !tagsOfItsImage.has(tag))
  const isOne = builds.every(({ tags }) => tags?.join() === first?.tags?.join())
  return first && isOne && value.length > 0
    ? { value, file: first.file, line: first.line }
    : undefined
}
