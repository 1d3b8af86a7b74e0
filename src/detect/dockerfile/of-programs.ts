import { posix } from "node:path"
import { parseDockerfile, type Dockerfile } from "./dockerfile.js"
import { hasPortOfCode, isKept } from "./kept.js"
import { namesPath } from "./placed.js"
import { programsOfDockerfile, runOf, type DockerfileRun } from "./programs.js"
import type { GoBuild } from "./commands.js"
import { isHelper } from "../packages/helper-packages.js"
import { folderOf, inFolder, type Module } from "../modules/modules.js"
import type { Found } from "../../found.js"
import { defaultName } from "../packages/program-name.js"
import type { Programs } from "../packages/package-choice.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"

/** The Dockerfile of an image with the programs that are built. */
export interface ProgramDockerfile extends Omit<Dockerfile, "builds" | "buildsGo" | "placed"> {
  placed: {
    /**
     * `from` in the source; `as` seen from the folder that the program starts in. One that the program's code or a variable
     * names by its whole path is found there alone.
     */
    ofSource: (Found<string> & { from: string; as: string; isNamed?: true })[]
    /** What other images have, or stages made. */
    ofOthers: Found<string>[]
  }
  /** The program that it runs, by its import path. */
  run?: Omit<DockerfileRun, "package"> & { importPath: string }
  /** It was written by go-image, and kept. */
  kept?: true
  /** With the port that the code named then. */
  hasPortOfCode?: true
  /** What its `go build` lines have. */
  buildTags?: Found<string[]>
  /** What stands there for tags that are not known. */
  openTags?: Found<string>
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

/** `Dockerfile.in`, `Dockerfile-alpine`, `server.Dockerfile`. */
const otherName = /(?:^|\/)(?:Dockerfile[.-][\w.-]+|[\w.-]+\.Dockerfile)$/i

/** Of an image for something else than running the program. */
const ofAnotherKind =
  /\.dockerignore$|(?:^|[./-])(?:dev|development|tests?|e2e|ci|lint|debug|base|builder?|tools?|docs?|windows|nanoserver)(?:[./-]|$)/i

/** Files that may be one, in the places of these folders. */
export function listDockerfiles(files: readonly string[], folders: readonly string[]): string[] {
  const places = new Set(placesOf(folders))
  return files.filter((file) => {
    if (!/dockerfile/i.test(file) || !places.has(folderOf(file))) return false
    return isPlain(file) || isOther(file)
  })
}

function placesOf(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    usualFolders.map((each) => (each === "" ? folder : inFolder(folder, each))),
  )
}

function isPlain(file: string): boolean {
  return /(?:^|\/)Dockerfile$/.test(file)
}

function isOther(file: string): boolean {
  return otherName.test(file) && !ofAnotherKind.test(file.replace(/^.*\//, ""))
}

/** The first of the folders that has one decides; one of another name counts where it is the only one. */
export function findDockerfile(
  folders: readonly string[],
  contents: ReadonlyMap<string, string>,
): Dockerfile | undefined {
  const places = placesOf(folders)
  const plain = places
    .map((place) => inFolder(place, "Dockerfile"))
    .find((each) => contents.has(each))
  // One that go-image wrote beside it says what the code said then, not what it says now.
  const written = [...contents].filter(([, text]) => !isKept(text)).map(([name]) => name)
  const file = plain ?? onlyOther(places, written)
  return file === undefined ? undefined : parseDockerfile(contents.get(file) ?? "", file)
}

function onlyOther(places: readonly string[], files: readonly string[]): string | undefined {
  const others = files.filter(isOther)
  const found = places
    .map((place) => others.filter((file) => folderOf(file) === place))
    .find((each) => each.length > 0)
  return found?.length === 1 ? found[0] : undefined
}

/** In the folder of the only program, its module, or the source; undefined where it is of something else. */
export function dockerfileOf(
  packages: readonly MainPackage[],
  module: Module,
  { mainPackages }: Programs,
  contents: ReadonlyMap<string, string>,
  files: readonly string[],
): ProgramDockerfile | undefined {
  const [only, another] = packages
  const own = only && !another ? [folderOfPackage(only.path)] : []
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
  const run = named.run ?? (isOfOnly && !another ? runOnly(found, only) : undefined)
  const { package: program, ...how } = run ?? {}
  return {
    ...dockerfile,
    placed: placedOf(found, files, packages, contents),
    run: program && {
      importPath: program.importPath,
      name: "",
      entryArguments: [],
      defaultArguments: [],
      ...how,
    },
    ...(isKept(contents.get(found.file) ?? "") && { kept: true }),
    ...(hasPortOfCode(contents.get(found.file) ?? "") && { hasPortOfCode: true }),
    buildTags: tagsOf(builds),
    ...openTagsOf(builds),
  }
}

/** What of it is in the source, and what else a stage made beside the programs. */
function placedOf(
  { file, placed, builds, entry }: Dockerfile,
  files: readonly string[],
  packages: readonly MainPackage[],
  contents: ReadonlyMap<string, string>,
): ProgramDockerfile["placed"] {
  const programs = new Set([
    ...packages.map(({ importPath }) => defaultName(importPath)),
    ...builds.map(({ output }) => output ?? ""),
    posix.basename(entry?.value[0] ?? ""),
  ])
  const isProgram = (path: string) => programs.has(posix.basename(path))
  const ofSource: ProgramDockerfile["placed"]["ofSource"] = []
  const ofOthers = placed.ofOthers.filter(({ value }) => !isProgram(value))
  const folders = packages.map(({ path }) => folderOfPackage(path))
  const code = [...contents].flatMap(([path, text]) =>
    path.endsWith(".go") && folders.includes(folderOf(path)) ? [text] : [],
  )
  for (const { value, line, from, folder, isInto, isOfStage, isInVariable } of placed.ofSource) {
    const named = isInto ? posix.join(value, posix.basename(from)) : value
    const path = locate(from, folderOf(file), files)
    if (path === undefined) {
      // Without an extension, it may be a program under another name.
      const isMade = isOfStage && /\w\.[a-z]{2,5}$/.test(from) && !/\.(?:so|wasm|exe)$/.test(from)
      if (isMade && !isProgram(from)) ofOthers.push({ value: named, file, line })
    } else if (!isOfTheProject(path)) {
      const place = files.includes(path) ? named : value
      const isNamed = isInVariable || code.some((text) => namesPath(text, place))
      const as = posix.relative(folder, place)
      ofSource.push({ value: place, file, line, from: path, as, ...(isNamed && { isNamed }) })
    }
  }
  return { ofSource, ofOthers }
}

/** What the build is given is the Dockerfile's folder, or all of the source. */
function locate(path: string, folder: string, files: readonly string[]): string | undefined {
  return [inFolder(folder, path), path].find((each) =>
    files.some((file) => file === each || file.startsWith(`${each}/`)),
  )
}

/** Of which programs read nothing. */
function isOfTheProject(path: string): boolean {
  return /(?:^|\/)(?:LICENSE|LICENCE|NOTICE|COPYING|README|CHANGELOG|AUTHORS|go\.(?:mod|sum|work)|vendor)[^/]*$|\.(?:go|md)$/i.test(
    path,
  )
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

function openTagsOf(builds: readonly GoBuild[]): Pick<ProgramDockerfile, "openTags"> {
  const open = builds.find(({ openTags }) => openTags !== undefined)
  if (open?.openTags === undefined) return {}
  return { openTags: { value: open.openTags, file: open.file, line: open.line } }
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
