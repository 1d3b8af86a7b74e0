import type { AssetGroup } from "./assets/assets.js"
import type { AssetCopy } from "./assets/copies.js"
import type { CUse } from "./code/cgo.js"
import type { MissingSum } from "./modules/go-sum.js"
import type { ProgramDockerfile } from "./dockerfile/of-programs.js"
import type { GitState } from "../git-state.js"
import type { Hook } from "./project/hooks.js"
import type { Kodata } from "./assets/kodata.js"
import type { Legacy } from "./modules/legacy.js"
import type { Listens } from "./listen/listen-ports.js"
import type { Lock } from "../lock/lock-file.js"
import type { Migrate } from "./project/migrate.js"
import type { Module } from "./modules/modules.js"
import type { StampVariable } from "./stamp/stamp-variables.js"
import type { Procfile } from "./project/procfile.js"
import type { LocalModule, Workspace } from "./modules/workspace.js"
import type { Setting } from "../settings/setting.js"
import type { Found } from "../found.js"
import type { Notice } from "../found.js"
import type { About } from "../settings/about.js"
import type { Programs } from "./packages/package-choice.js"
import type { Missing } from "./packages/missing-files.js"
import type { Frontend } from "./frontend/types.js"

/**
 * What a project says about how it must be built: plain data, each fact with the place where it stands. Of a repository
 * with several modules, these are the facts of one: the main module, which the programs are in.
 */
export interface Facts extends Module {
  /** Others that programs are in, where several modules' programs are asked for. */
  furtherModules: Module[]
  /** The modules of the source that a build reads besides these. */
  localModules: LocalModule[]
  /** The go.work that they are built with. */
  workspace?: Workspace
  /** There is a go.work, which they are built without: it does not name the main module, or was asked to be left out. */
  withoutWorkspace?: boolean
  /** There is no go.mod: goMod then holds what a tool from before modules says instead. */
  legacy?: Legacy
  /** Modules that programs import and that go.sum has no checksum of. */
  missingSums?: MissingSum[]
  goVersionFile?: Found<string>
  /** Of version managers' files, mise.toml and .tool-versions; the first counts. */
  toolVersions?: Found<string>[]
  /** Of the Dockerfile's golang image. */
  dockerfileGo?: Found<string>
  procfile?: Procfile
  /** The project's own, of an image with the programs. */
  dockerfile?: ProgramDockerfile
  /** Where in the source the project is, and what says that more than that folder is the source. */
  source?: Setting<string>
  /** All programs of the source that can be built for linux, to choose from. */
  programs: Programs
  /** Folder of the files that the image gets, relative to the source's root: the modules', or what they have in common. */
  assetRoot: string
  /** Names of the folders in it, sorted: a binary must not take one of them. */
  rootFolders: string[]
  /** Patterns of files that are not part of the source, as project.toml says. */
  sourceExclude: string[]
  /** Patterns of the files that a build of the programs needs; undefined where it needs all of the source. */
  buildFiles?: string[]
  /** The same for what is about the modules, such as tests. */
  moduleFiles?: string[]
  /** Of base images; undefined where there is no such file. */
  lock?: Lock
  /** Files that a program may read at run time, by their entry at the root. */
  assets: AssetGroup[]
  /** Folders that the image has for them, and those that a project keeps empty. */
  assetFolders: string[]
  /** Of these, those that a project keeps empty. */
  emptyAssetFolders?: string[]
  /** Patterns of what is not an asset, besides those that are the same for each project. */
  assetExclude: string[]
  /** Patterns of links at the root that no engine can copy. */
  brokenLinks: string[]
  /** Files and folders that have another place in the image. */
  copies?: AssetCopy[]
  hooks: { preCompile?: Hook; postCompile?: Hook }
  migrate?: Migrate
  /** Data of the programs by ko's convention. */
  kodata?: Kodata
  /** Built before the Go code, since programs need what they make. */
  frontends?: Frontend[]
  /** Patterns of their files that the compiler does not read. */
  frontendSources?: string[]
  /** What programs import or embed, and is not there. */
  missing?: Missing[]
  /** Where programs listen, as far as the code says it. */
  listens: Listens
  /** What they import of other modules and of the standard library, where that is compiled by itself. */
  imports?: string[]
  /** The same of all packages of the module and of their tests, where these are to be compiled. */
  testImports?: string[]
  /** What of the programs needs C; the most telling first. */
  cgo?: CUse[]
  /** The commit that the source is of; undefined where nobody can say, or it is not to be said. */
  git?: GitState
  /** For the labels of the image. */
  about?: About
  /** Variables that are there to say it. */
  stampVariables?: StampVariable[]
  /** What the project's Makefile has the linker set, `symbol=value` each. */
  linkerValues?: Found<string>[]
  /** golangci-lint's, at the root. */
  lintConfiguration?: string
  /** Things worth telling that do not stop a build. */
  notices: Notice[]
}
