import { InternalError, UserError } from "../../errors.js"
import { tagsOfEnvironment } from "../../settings/build-environment.js"
import type { Settings } from "../../settings/resolve.js"
import type { GoMod } from "./go-mod.js"
import { readHerokuInstall, type HerokuInstall } from "../project/heroku-install.js"
import { ignoredFolders } from "../code/ignored-folders.js"
import { detectLegacy, type Legacy } from "./legacy.js"
import { findMainPackages } from "../packages/main-packages.js"
import {
  goModIn,
  inFolder,
  moduleFolders,
  folderFinder,
  readModule,
  type Module,
} from "./modules.js"
import { setOf } from "../once.js"
import { dockerfileOf, findDockerfile, type ProgramDockerfile } from "../dockerfile/of-programs.js"
import { programsOfDockerfile } from "../dockerfile/programs.js"
import { choosePackages } from "../packages/packages.js"
import { checkPackageFiles } from "../code/package-files.js"
import { parseProcfile } from "../project/procfile.js"
import { markUnfit } from "../packages/unfit-programs.js"
import type { Notice } from "../../found.js"
import type { PackageChoice } from "../packages/package-choice.js"
import type { Programs } from "../packages/package-choice.js"
import type { MainPackage, PackageOwner } from "../packages/main-package.js"

/** The text files of a source, and what was asked of it. */
export interface ModuleSurvey {
  /** All that are part of the source. */
  files: readonly string[]
  /** Go files that may be of main packages. */
  mainCandidates: readonly string[]
  /** What the candidates and the well-known files hold. */
  contents: ReadonlyMap<string, string>
  /** Where in the source the project is. */
  folder: string
  /** Programs of other modules than the one that the folder is in are left aside. */
  ofModule?: true
  /** Names of project.toml's targets. */
  targets?: readonly string[]
  settings: Settings
}

/** The modules of a source, as far as one build is about them. */
export interface Repository {
  programs: Programs
  /** The main module: the first that programs are in, else the one at the root. */
  module: Module
  /** Others that programs are in. */
  furtherModules: Module[]
  /** The programs that are built; none where that cannot be said, and only what is about modules goes on. */
  packages: MainPackage[]
  /** There is no go.mod. */
  legacy?: Legacy
  /** What a comment in the main module's go.mod asks for. */
  install: HerokuInstall
  /** The one of these programs. */
  dockerfile?: ProgramDockerfile
  notices: Notice[]
}

/** Finds the modules of the source, their programs, and the modules that those asked for are in. */
export function surveyModules(survey: ModuleSurvey): Repository {
  const { files, contents, mainCandidates, folder, settings } = survey
  const folders = moduleFolders(files)
  const own = folderFinder(folders)(folder)
  const legacy = own === undefined && folder === "" ? detectLegacy(files, contents) : undefined
  if (folders.length === 0 && !legacy) throw noGoMod(files)
  const notices: Notice[] = []
  const here = setOf(files)
  const read = (each: string) => readModule(each, contents, here, notices)

  const start = legacy ? legacyModule(legacy) : own === undefined ? undefined : read(own)
  if (!start && mainCandidates.length === 0) throw noModuleAtRoot(folders)
  checkPackageFiles(settings.packages, folder, files)
  const programs = findPrograms(survey, start, legacy ? ["", ...folders] : folders)
  const choice = choose(programs, settings, start)
  const packages = (choice?.packages ?? []).filter(
    (each) => !survey.ofModule || each.module === start?.folder,
  )
  const [first, ...others] = new Set(packages.map(({ module }) => module))
  const module = first === undefined || first === start?.folder ? start : read(first)
  if (!module) throw new InternalError("programs were chosen, but no module has them")
  return {
    programs,
    module,
    furtherModules: others.map((each) => (each === start?.folder ? start : read(each))),
    packages,
    legacy,
    install: readHerokuInstall(module.goMod),
    dockerfile: choice && dockerfileOf(packages, module, programs, contents, files),
    notices,
  }
}

function findPrograms(
  { mainCandidates, contents, folder, targets = [], settings }: ModuleSurvey,
  start: Module | undefined,
  folders: readonly string[],
): Programs {
  const owners = new Map<string, PackageOwner>()
  for (const each of folders) {
    const goMod = each === start?.folder ? start.goMod : tryGoMod(each, contents)
    if (!goMod) continue
    const asked = settings.buildTags ?? readHerokuInstall(goMod).buildTags
    const buildTags = [...(asked?.value ?? []), ...tagsOfEnvironment(settings.buildEnvironment)]
    const ignores = ignoredFolders(goMod.ignores)
    owners.set(each, { folder: each, path: goMod.module.value, buildTags, ignores })
  }
  const moduleOf = folderFinder(folders)
  const ownerOf = (file: string) => owners.get(moduleOf(file) ?? "")
  const target = { os: "linux", cgo: settings.cgo?.value !== "off" }
  const found = findMainPackages(mainCandidates, contents, target, ownerOf)
  const mainPackages = markUnfit(found.mainPackages, mainCandidates, contents, target, ownerOf)
  const dockerfile = findDockerfile([start?.folder ?? folder, ""], contents)
  return {
    ...found,
    mainPackages,
    dockerfile: dockerfile && programsOfDockerfile(dockerfile, mainPackages),
    ...commandsOf([start?.folder ?? folder, ""], contents),
    module: start && { folder: start.folder, path: start.goMod.module.value },
    folder,
    ...(targets.length > 0 && { targets: [...targets] }),
    herokuInstall: start && readHerokuInstall(start.goMod).packages,
  }
}

/** What the Procfile runs, which may be programs that nothing else asks for. */
function commandsOf(
  folders: readonly string[],
  contents: ReadonlyMap<string, string>,
): Pick<Programs, "commands"> {
  const file = folders.map((each) => inFolder(each, "Procfile")).find((each) => contents.has(each))
  if (file === undefined) return {}
  const { processes } = parseProcfile(contents.get(file) ?? "", file).procfile
  const commands = processes.map(({ command, line }) => ({
    text: command,
    from: `${file}:${line}`,
  }))
  return commands.length > 0 ? { commands } : {}
}

/** Undefined where nothing can be built: what is not about programs, such as tests, goes on with the module there is. */
function choose(
  programs: Programs,
  settings: Settings,
  start: Module | undefined,
): PackageChoice | undefined {
  try {
    return choosePackages(programs, settings)
  } catch (error) {
    if (error instanceof UserError && start) return undefined
    throw error
  }
}

/** A module whose go.mod cannot be read is none of this build's business, unless it is asked for. */
function tryGoMod(folder: string, contents: ReadonlyMap<string, string>): GoMod | undefined {
  try {
    return goModIn(folder, contents)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

const mostListed = 5

function noModuleAtRoot(folders: readonly string[]): UserError {
  const listed = folders.slice(0, mostListed).join(", ")
  return new UserError("no go.mod at the root of the source folder, and no main package in it", {
    hint: `Give the folder of a module as the source: ${listed}${folders.length > mostListed ? ", …" : ""}`,
  })
}

function noGoMod(files: readonly string[]): UserError {
  if (files.length === 0) {
    return new UserError("the source folder is empty", {
      hint: "Give the folder that has the project's go.mod.",
    })
  }
  return files.some((file) => file.endsWith(".go"))
    ? new UserError("Go files, but no go.mod", {
        hint: "`go mod init example.com/hello && go mod tidy` writes one.",
      })
    : new UserError("no go.mod, and no Go files", {
        hint: "Give the folder that has the project's go.mod.",
      })
}

function legacyModule({ importPath, goVersion, packages }: Legacy): Module {
  return {
    folder: "",
    goMod: {
      module: importPath,
      go: goVersion,
      herokuInstall: packages,
      requires: [],
      localReplacements: [],
    },
    hasGoSum: false,
    vendored: true,
  }
}
