import { defaultName } from "../plan/binary-names.js"
import { parseDockerfile, type Dockerfile } from "./dockerfile.js"
import { programsOfDockerfile, runOf, type DockerfileRun } from "./dockerfile-programs.js"
import type { GoBuild } from "./dockerfile-commands.js"
import type { Found } from "./found.js"
import { isHelper } from "./helper-packages.js"
import type { MainPackage } from "./main-packages.js"
import { inFolder, type Module } from "./modules.js"
import type { Programs } from "./packages.js"

/** The Dockerfile of an image with the programs that are built. */
export interface ProgramDockerfile extends Omit<Dockerfile, "builds" | "buildsGo"> {
  /** The program that it runs, by its import path. */
  run?: Omit<DockerfileRun, "package"> & { importPath: string }
  /** What its `go build` lines have. */
  buildTags?: Found<string[]>
}

/** Where projects have it besides the root: https://github.com/golang-standards/project-layout is one source of these. */
const usualFolders = [
  "",
  "docker",
  ".docker",
  "build",
  "build/docker",
  "build/package",
  "packaging",
  "packaging/docker",
  "deploy",
  "deployments",
  "scripts",
]

/** All places where one may be, relative to the folder of a project. */
export const dockerfilePlaces = usualFolders.map((folder) => inFolder(folder, "Dockerfile"))

/** The first of the folders that has one decides. */
export function findDockerfile(
  folders: readonly string[],
  contents: ReadonlyMap<string, string>,
): Dockerfile | undefined {
  const file = folders
    .flatMap((folder) => dockerfilePlaces.map((place) => inFolder(folder, place)))
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
  const { builds, buildsGo, ...dockerfile } = found
  const named = programsOfDockerfile(found, mainPackages)
  const says = named.run ? [named.run.package] : named.built
  const others = mainPackages.filter((each) => !isHelper(each.path) && !each.unfit)
  // One that names no program is of the only one, where it is not of something else altogether.
  const isOfOnly =
    says.length === 0 &&
    only &&
    others.every((each) => packages.includes(each)) &&
    (buildsGo || hasWord(contents.get(found.file) ?? "", defaultName(only.importPath)))
  if (!isOfOnly && !packages.some((each) => says.includes(each))) return undefined
  const run = named.run ?? (isOfOnly ? runOnly(found, only) : undefined)
  const { package: program, ...how } = run ?? {}
  return {
    ...dockerfile,
    run: program && {
      importPath: program.importPath,
      name: "",
      entryArguments: [],
      defaultArguments: [],
      ...how,
    },
    buildTags: tagsOf(builds),
  }
}

/** Such as `COPY shop /usr/bin/`, of a program that was built before. */
function hasWord(text: string, word: string): boolean {
  return text.split(/[^\w.~+-]+/).includes(word)
}

/** What the image starts is the program under another name, where it is no script and no init. */
function runOnly({ entry }: Dockerfile, program: MainPackage): DockerfileRun | undefined {
  const word = entry?.value[0] ?? ""
  const isOther =
    /\.\w+$|entry-?point|(?:^|\/)(?:sh|bash|ash|env|exec|tini|dumb-init|init|su-exec|gosu)$/i
  return entry && word !== "" && !isOther.test(word) ? runOf(entry, 0, program) : undefined
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
